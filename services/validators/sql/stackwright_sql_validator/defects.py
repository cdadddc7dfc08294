"""A small schema without a fault, and its mistakes; run this module for the catch rate."""

from stackwright_sdk.validation.testing import Defect, print_catch_rate
from stackwright_sql_validator.validator import SqlValidator

SCHEMA = "database/migrations/0001_schema.sql"
BODY = "database/migrations/0002_functions.sql"
SEED = "database/seeds/0001_kinds.sql"
CLEAN = {
    SCHEMA: """\
-- Customers and what they bought.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

CREATE TABLE customers (
  id         uuid        CONSTRAINT customers_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  name       text        NOT NULL,
  CONSTRAINT customers_name_check CHECK (char_length(name) BETWEEN 1 AND 200),
  CONSTRAINT customers_name_key UNIQUE (name)
);

CREATE TABLE orders (
  id          uuid          CONSTRAINT orders_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at  timestamptz   NOT NULL DEFAULT now(),
  updated_at  timestamptz   NOT NULL DEFAULT now(),
  customer_id uuid          NOT NULL,
  total       numeric(12,2) NOT NULL,
  parent_id   uuid,
  CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
  CONSTRAINT orders_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES orders (id) ON DELETE SET NULL
);
CREATE INDEX orders_customer_id_idx ON orders (customer_id);
CREATE INDEX orders_parent_id_idx ON orders (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE order_watchers (
  order_id    uuid,
  customer_id uuid,
  CONSTRAINT order_watchers_pkey PRIMARY KEY (order_id, customer_id),
  CONSTRAINT order_watchers_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
  CONSTRAINT order_watchers_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
);
CREATE INDEX order_watchers_customer_id_idx ON order_watchers (customer_id);
""",
    BODY: """\
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

CREATE FUNCTION touch_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  EXECUTE format('SELECT 1 FROM %I WHERE id = $1', TG_TABLE_NAME) USING NEW.id;
  EXECUTE 'SELECT ' || quote_literal(NEW.id);
  RETURN NEW;
END $$;
CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch_row();
""",
    SEED: "INSERT INTO customers (name) VALUES ('first') ON CONFLICT DO NOTHING;\n",
}
_FORMAT = "EXECUTE format('SELECT 1 FROM %I WHERE id = $1', TG_TABLE_NAME) USING NEW.id;"
LATER = "database/migrations/0003_later.sql"
_LIMITS = "SET LOCAL lock_timeout = '5s';\nSET LOCAL statement_timeout = '10min';\n"
DEFECTS = [
    Defect("misspelt keyword", "sql-parse-error", SCHEMA, "CRATE TABLE orders", "CREATE TABLE orders"),
    Defect("missing comma", "sql-parse-error", SCHEMA, "now()\n  name", "now(),\n  name"),
    Defect("wrong PL/pgSQL", "plpgsql-parse-error", BODY, "NEW.updated_at = = now();", "NEW.updated_at := now();"),
    Defect("PL/pgSQL without END", "plpgsql-parse-error", BODY, "IF TRUE THEN\n  RETURN NEW;", "RETURN NEW;"),
    Defect(
        "reference to no table",
        "migration-fails",
        SCHEMA,
        "REFERENCES customer (id) ON DELETE CASCADE,\n  CONSTRAINT orders_p",
        "REFERENCES customers (id) ON DELETE CASCADE,\n  CONSTRAINT orders_p",
    ),
    Defect("type that is not there", "migration-fails", SCHEMA, "decimals(12,2)", "numeric(12,2)"),
    Defect(
        "order of migrations",
        "migration-fails",
        "database/migrations/0000_early.sql",
        "ALTER TABLE orders ADD COLUMN note text;\n",
    ),
    Defect("index of no column", "migration-fails", SCHEMA, "ON orders (customer)", "ON orders (customer_id)"),
    Defect("name of a migration", "migration-name", "database/migrations/later.sql", "SELECT 1;\n"),
    Defect("version twice", "migration-name", "database/migrations/0002_also.sql", "SELECT 1;\n"),
    Defect("seed of no table", "seed-fails", SEED, "INTO customer ", "INTO customers "),
    Defect("seed that runs once only", "seed-not-repeatable", SEED, "('first')", "('first') ON CONFLICT DO NOTHING"),
    Defect(
        "foreign key without an index",
        "foreign-key-unindexed",
        SCHEMA,
        "",
        "CREATE INDEX orders_customer_id_idx ON orders (customer_id);\n",
    ),
    Defect(
        "second column of a key without an index",
        "foreign-key-unindexed",
        SCHEMA,
        "",
        "CREATE INDEX order_watchers_customer_id_idx ON order_watchers (customer_id);\n",
    ),
    Defect("index over other rows", "foreign-key-unindexed", SCHEMA, "WHERE total > 0", "WHERE parent_id IS NOT NULL"),
    Defect("no primary key", "table-without-primary-key", LATER, f"{_LIMITS}CREATE TABLE kinds (key text);\n"),
    Defect(
        "no timestamps",
        "table-without-timestamps",
        LATER,
        f"{_LIMITS}CREATE TABLE kinds (key text CONSTRAINT kinds_pkey PRIMARY KEY);\n",
    ),
    Defect(
        "constraint without a name",
        "constraint-unnamed",
        SCHEMA,
        "CHECK (char_length(name)",
        "CONSTRAINT customers_name_check CHECK (char_length(name)",
    ),
    Defect(
        "foreign key without a name",
        "constraint-unnamed",
        LATER,
        f"{_LIMITS}ALTER TABLE orders ADD FOREIGN KEY (parent_id) REFERENCES customers (id);\n",
    ),
    Defect("money as a float", "money-as-float", SCHEMA, "double precision", "numeric(12,2)"),
    Defect("money as money", "money-as-float", SCHEMA, "money", "numeric(12,2)"),
    Defect(
        "time without a zone",
        "timestamp-without-zone",
        SCHEMA,
        "timestamp   NOT NULL DEFAULT now(),\n  updated_at timestamptz NOT NULL DEFAULT now(),\n  name",
        "timestamptz NOT NULL DEFAULT now(),\n  updated_at timestamptz NOT NULL DEFAULT now(),\n  name",
    ),
    Defect(
        "EXECUTE of joined text",
        "execute-concatenation",
        BODY,
        "EXECUTE 'SELECT 1 FROM t WHERE name = ''' || NEW.name || '''';",
        _FORMAT,
    ),
    Defect(
        "EXECUTE of a variable joined", "execute-concatenation", BODY, "EXECUTE 'DROP TABLE ' || TG_ARGV[0];", _FORMAT
    ),
    Defect(
        "EXECUTE of format %s", "execute-format", BODY, "EXECUTE format('SELECT 1 FROM %s', TG_TABLE_NAME);", _FORMAT
    ),
    Defect(
        "definer without a search path",
        "definer-search-path",
        BODY,
        "LANGUAGE plpgsql SECURITY DEFINER AS",
        "LANGUAGE plpgsql AS",
    ),
    Defect("right for everybody", "grant-to-public", LATER, f"{_LIMITS}GRANT SELECT ON customers TO PUBLIC;\n"),
    Defect(
        "index made while writers wait",
        "require-concurrent-index-creation",
        LATER,
        f"{_LIMITS}CREATE INDEX later ON orders (total);\n",
    ),
    Defect("column dropped", "ban-drop-column", LATER, f"{_LIMITS}ALTER TABLE orders DROP COLUMN total;\n"),
]


if __name__ == "__main__":
    print_catch_rate(SqlValidator(), CLEAN, DEFECTS)

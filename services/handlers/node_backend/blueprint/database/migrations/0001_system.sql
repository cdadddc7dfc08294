-- What the application keeps for itself.
CREATE SCHEMA IF NOT EXISTS system;

CREATE SEQUENCE system.outbox_position;

CREATE TABLE system.outbox (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  position bigint UNIQUE,
  transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  event text NOT NULL,
  model text,
  row_id uuid,
  title text,
  before jsonb,
  after jsonb,
  actor_id uuid,
  address inet,
  correlation text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outbox_pending ON system.outbox (created_at, id) WHERE position IS NULL;
CREATE INDEX outbox_transaction ON system.outbox (transaction_id);
CREATE INDEX outbox_created ON system.outbox (created_at);

CREATE TABLE system.jobs (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  name text NOT NULL,
  key text NOT NULL UNIQUE,
  payload jsonb NOT NULL,
  correlation text NOT NULL,
  run_at timestamptz NOT NULL DEFAULT now(),
  attempts int NOT NULL DEFAULT 0,
  locked_until timestamptz,
  last_error text,
  finished_at timestamptz,
  failed_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX jobs_due ON system.jobs (run_at, id) WHERE finished_at IS NULL AND failed_at IS NULL;

CREATE TABLE system.idempotency_keys (
  caller text NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  fingerprint text NOT NULL,
  status int,
  headers jsonb,
  body jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (caller, operation, key)
);
CREATE INDEX idempotency_keys_created ON system.idempotency_keys (created_at);

CREATE TABLE system.clock_runs (
  name text PRIMARY KEY,
  started_at timestamptz NOT NULL
);

CREATE FUNCTION system.touch_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  IF to_jsonb(NEW) ? 'row_version' THEN
    NEW.row_version := OLD.row_version + 1;
  END IF;
  RETURN NEW;
END $$;

-- Arguments: the model, then for each secret its column and the name that stands for it.
CREATE FUNCTION system.record_delete() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  shown jsonb := to_jsonb(OLD);
BEGIN
  FOR i IN 1 .. TG_NARGS - 1 LOOP
    IF shown ->> TG_ARGV[i] IS NOT NULL THEN
      shown := shown || jsonb_build_object(TG_ARGV[i], '***');
    END IF;
  END LOOP;
  INSERT INTO system.outbox (event, model, row_id, before, actor_id, address, correlation)
  VALUES (TG_ARGV[0] || '.deleted', TG_ARGV[0], OLD.id, shown,
    nullif(current_setting('app.actor', true), '')::uuid, nullif(current_setting('app.address', true), '')::inet,
    coalesce(nullif(current_setting('app.correlation', true), ''), 'none'));
  RETURN OLD;
END $$;

CREATE FUNCTION system.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_frozen';
END $$;

-- What the application keeps for itself: events, jobs, answers to repeated requests, clocks.
-- The table system.schema_migrations is made by the migration runner, which needs it before the first file.
-- A migration that has to wait for a busy table gives up rather than have the whole application wait behind it.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

CREATE SCHEMA IF NOT EXISTS system;

-- Events ------------------------------------------------------------------------------------------
-- An event is written in the transaction of the change it tells of. Its position is given after the commit, by
-- one process at a time, so that a slow transaction cannot be overtaken unseen by somebody who reads by position.
CREATE SEQUENCE system.outbox_position;

CREATE TABLE system.outbox (
  id             uuid        PRIMARY KEY DEFAULT uuidv7(),
  position       bigint      UNIQUE,
  transaction_id xid8        NOT NULL DEFAULT pg_current_xact_id(),
  event          text        NOT NULL,
  model          text,
  row_id         uuid,
  title          text,
  before         jsonb,
  after          jsonb,
  actor_id       uuid,
  address        inet,
  correlation    text        NOT NULL,
  -- Who saw a row before it was deleted, and is to hear of it.
  audience       uuid[],
  created_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outbox_pending ON system.outbox (created_at, id) WHERE position IS NULL;
CREATE INDEX outbox_transaction ON system.outbox (transaction_id);
CREATE INDEX outbox_created ON system.outbox (created_at);

-- Jobs --------------------------------------------------------------------------------------------
-- What follows a commit, at least once. The key makes it once: an event and its subscriber, for instance.
CREATE TABLE system.jobs (
  id           uuid        PRIMARY KEY DEFAULT uuidv7(),
  name         text        NOT NULL,
  key          text        NOT NULL UNIQUE,
  payload      jsonb       NOT NULL,
  correlation  text        NOT NULL,
  run_at       timestamptz NOT NULL DEFAULT now(),
  attempts     integer     NOT NULL DEFAULT 0,
  locked_until timestamptz,
  last_error   text,
  finished_at  timestamptz,
  -- A dead letter; cancelled_at tells that somebody gave it up.
  failed_at    timestamptz,
  cancelled_at timestamptz,
  created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX jobs_due ON system.jobs (run_at, id) WHERE finished_at IS NULL AND failed_at IS NULL;

-- Jobs as people who look after the application see them.
CREATE VIEW system.job_states AS
SELECT id, created_at, greatest(created_at, run_at, finished_at, failed_at, cancelled_at) AS updated_at, name, key, correlation,
       CASE WHEN finished_at IS NOT NULL THEN 'done'
            WHEN cancelled_at IS NOT NULL THEN 'cancelled'
            WHEN failed_at IS NOT NULL THEN 'dead'
            WHEN locked_until > now() THEN 'running'
            ELSE 'waiting' END AS state,
       attempts, last_error, run_at, finished_at
FROM system.jobs;

-- Mails -------------------------------------------------------------------------------------------
-- Written in the transaction that causes the mail, sent by a job after it. The text may hold a secret, such as a link that
-- signs somebody in: it is sealed, and gone when the mail is.
CREATE TABLE system.mails (
  id          uuid        PRIMARY KEY DEFAULT uuidv7(),
  recipient   text        NOT NULL,
  template    text        NOT NULL,
  subject     text        NOT NULL,
  sealed      bytea,
  unsubscribe text,
  state       text        NOT NULL DEFAULT 'queued' CONSTRAINT mails_state_check CHECK (state IN ('queued', 'sent', 'failed')),
  reason      text,
  attempts    integer     NOT NULL DEFAULT 0,
  correlation text        NOT NULL,
  sent_at     timestamptz,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX mails_created ON system.mails (created_at);

-- Mails as people who look after the application see them: never their text.
CREATE VIEW system.mail_messages AS
SELECT id, created_at, updated_at, recipient, template, subject, state, reason, attempts, sent_at, correlation FROM system.mails;

-- Requests that may be repeated -------------------------------------------------------------------
CREATE TABLE system.idempotency_keys (
  caller      text        NOT NULL,
  operation   text        NOT NULL,
  key         text        NOT NULL,
  fingerprint text        NOT NULL,
  status      integer,
  headers     jsonb,
  body        jsonb,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (caller, operation, key)
);
CREATE INDEX idempotency_keys_created ON system.idempotency_keys (created_at);

-- Clocks ------------------------------------------------------------------------------------------
CREATE TABLE system.clock_runs (
  name       text        PRIMARY KEY,
  started_at timestamptz NOT NULL
);

-- Numbers that leave no gap: one counter for each group, moved in the transaction that uses the number.
CREATE TABLE system.counters (
  name  text   NOT NULL,
  key   text   NOT NULL,
  value bigint NOT NULL,
  PRIMARY KEY (name, key)
);

-- Which grants the seeds have brought, so that one an administrator took back does not return.
CREATE TABLE system.seeded_grants (
  role       text NOT NULL,
  permission text NOT NULL,
  PRIMARY KEY (role, permission)
);

-- Functions that tables share ---------------------------------------------------------------------
-- Keeps updated_at, and row_version where a row has one: it is the row's ETag.
CREATE FUNCTION system.touch_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  IF to_jsonb(NEW) ? 'row_version' THEN
    NEW.row_version := OLD.row_version + 1;
  END IF;
  RETURN NEW;
END $$;

-- Writes the event of a deletion, also of one that a cascade brought about. Arguments: the model, then for each
-- secret its column and the name under which the event masks it. Who did it stands in settings of the transaction.
CREATE FUNCTION system.record_delete() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  shown jsonb := to_jsonb(OLD);
  secret integer;
BEGIN
  FOR secret IN 1 .. TG_NARGS - 1 BY 2 LOOP
    shown := shown - TG_ARGV[secret]
      || CASE WHEN shown -> TG_ARGV[secret] = 'null' THEN '{}'
              ELSE jsonb_build_object(TG_ARGV[secret + 1], '***') END;
  END LOOP;
  INSERT INTO system.outbox (event, model, row_id, before, actor_id, address, correlation)
  VALUES (
    TG_ARGV[0] || '.deleted', TG_ARGV[0], OLD.id, shown,
    nullif(current_setting('app.actor', TRUE), '')::uuid,
    nullif(current_setting('app.address', TRUE), '')::inet,
    coalesce(nullif(current_setting('app.correlation', TRUE), ''), 'none')
  );
  RETURN NULL;
END $$;

-- Rows of a log are never changed, not even all at once.
CREATE FUNCTION system.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Rows of % are never changed.', TG_TABLE_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_frozen', TABLE = TG_TABLE_NAME;
END $$;

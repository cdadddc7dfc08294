-- The tables of Golden, and what holds between their rows whatever the application does.

-- A migration that has to wait for a busy table gives up rather than have the whole application wait behind it.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- Search finds words in the middle of texts by their trigrams.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

-- Users -------------------------------------------------------------------------------------------
CREATE TABLE users (
  id            uuid        CONSTRAINT users_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  row_version   integer     NOT NULL DEFAULT 1,
  deleted_at    timestamptz,
  email         text        NOT NULL,
  name          text        NOT NULL,
  password_hash text,
  active        boolean     NOT NULL DEFAULT TRUE,
  last_login_at timestamptz,
  role_names    jsonb       NOT NULL DEFAULT '[]'::jsonb,
  CONSTRAINT users_email_check
    CHECK (char_length(email) BETWEEN 3 AND 254
      AND email = lower(email)
      AND email ~ '^[^@\s]+@[^@\s]+$'),
  CONSTRAINT users_name_check CHECK (char_length(name) BETWEEN 1 AND 120)
);
CREATE UNIQUE INDEX users_email_key ON users (email) WHERE deleted_at IS NULL;
CREATE INDEX users_name_idx ON users (name);
CREATE INDEX users_last_login_at_idx ON users (last_login_at);
CREATE INDEX users_email_search ON users USING gin (email gin_trgm_ops);
CREATE INDEX users_name_search ON users USING gin (name gin_trgm_ops);
COMMENT ON TABLE users IS 'Users';

-- Sessions ----------------------------------------------------------------------------------------
CREATE TABLE sessions (
  id           uuid        CONSTRAINT sessions_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now(),
  user_id      uuid        NOT NULL,
  device       text,
  address      inet,
  last_used_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  ended_at     timestamptz,
  CONSTRAINT sessions_device_check CHECK (char_length(device) <= 200),
  CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);
CREATE INDEX sessions_last_used_at_idx ON sessions (last_used_at);
CREATE INDEX sessions_expires_at_idx ON sessions (expires_at);
CREATE INDEX sessions_ended_at_idx ON sessions (ended_at);
COMMENT ON TABLE sessions IS 'Sessions';

-- Refresh tokens ----------------------------------------------------------------------------------
CREATE TABLE refresh_tokens (
  id             uuid        CONSTRAINT refresh_tokens_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at     timestamptz NOT NULL DEFAULT now(),
  updated_at     timestamptz NOT NULL DEFAULT now(),
  session_id     uuid        NOT NULL,
  token_hash     text        NOT NULL,
  expires_at     timestamptz NOT NULL,
  used_at        timestamptz,
  replaced_by_id uuid,
  CONSTRAINT refresh_tokens_session_id_fkey
    FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE CASCADE,
  CONSTRAINT refresh_tokens_replaced_by_id_fkey
    FOREIGN KEY (replaced_by_id) REFERENCES refresh_tokens (id) ON DELETE SET NULL
);
CREATE UNIQUE INDEX refresh_tokens_token_hash_key ON refresh_tokens (token_hash);
CREATE INDEX refresh_tokens_session_id_idx ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_replaced_by_id_idx ON refresh_tokens (replaced_by_id);
COMMENT ON TABLE refresh_tokens IS 'Refresh tokens';

-- Users: triggers ---------------------------------------------------------------------------------
CREATE TRIGGER users_touch BEFORE UPDATE ON users
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();

-- Sessions: triggers ------------------------------------------------------------------------------
CREATE TRIGGER sessions_touch BEFORE UPDATE ON sessions
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();

-- Refresh tokens: triggers ------------------------------------------------------------------------
CREATE TRIGGER refresh_tokens_touch BEFORE UPDATE ON refresh_tokens
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();

-- The tables of Blueprint, and what holds between their rows whatever the application does.

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

-- Audit entries -----------------------------------------------------------------------------------
CREATE TABLE audit_entries (
  id           uuid        CONSTRAINT audit_entries_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now(),
  actor_id     uuid,
  action       text        NOT NULL,
  target_model text        NOT NULL,
  target_id    uuid        NOT NULL,
  target_title text,
  before       jsonb,
  after        jsonb,
  address      inet,
  correlation  text        NOT NULL,
  CONSTRAINT audit_entries_action_check CHECK (char_length(action) <= 120),
  CONSTRAINT audit_entries_target_model_check CHECK (char_length(target_model) <= 80),
  CONSTRAINT audit_entries_target_title_check CHECK (char_length(target_title) <= 300),
  CONSTRAINT audit_entries_correlation_check CHECK (char_length(correlation) <= 64),
  CONSTRAINT audit_entries_actor_id_fkey
    FOREIGN KEY (actor_id) REFERENCES users (id) ON DELETE RESTRICT
);
CREATE INDEX audit_entries_actor_id_idx ON audit_entries (actor_id);
CREATE INDEX audit_entries_action_idx ON audit_entries (action);
CREATE INDEX audit_entries_target_model_idx ON audit_entries (target_model);
CREATE INDEX audit_entries_target_id_idx ON audit_entries (target_id);
CREATE INDEX audit_entries_address_idx ON audit_entries (address);
CREATE INDEX audit_entries_correlation_idx ON audit_entries (correlation);
CREATE INDEX audit_entries_target_title_search
  ON audit_entries USING gin (target_title gin_trgm_ops);
CREATE INDEX audit_entries_created_at_page ON audit_entries (created_at DESC, id DESC);
COMMENT ON TABLE audit_entries IS 'Audit entries';

-- Roles -------------------------------------------------------------------------------------------
CREATE TABLE roles (
  id          uuid        CONSTRAINT roles_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  row_version integer     NOT NULL DEFAULT 1,
  name        text        NOT NULL,
  description text,
  builtin     boolean     NOT NULL DEFAULT FALSE,
  keys        integer     NOT NULL DEFAULT 0,
  admins      integer     NOT NULL DEFAULT 0,
  CONSTRAINT roles_name_check CHECK (char_length(name) BETWEEN 1 AND 60),
  CONSTRAINT roles_description_check CHECK (char_length(description) <= 300)
);
-- There is already a role with this name.
CREATE UNIQUE INDEX roles_name_key ON roles (lower(name));
CREATE INDEX roles_name_idx ON roles (name);
CREATE INDEX roles_name_search ON roles USING gin (name gin_trgm_ops);
COMMENT ON TABLE roles IS 'Roles';

-- Permissions -------------------------------------------------------------------------------------
CREATE TABLE permissions (
  id         uuid        CONSTRAINT permissions_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  key        text        NOT NULL,
  title      text        NOT NULL,
  CONSTRAINT permissions_key_check CHECK (char_length(key) <= 100),
  CONSTRAINT permissions_title_check CHECK (char_length(title) <= 200)
);
CREATE UNIQUE INDEX permissions_key_key ON permissions (key);
CREATE INDEX permissions_title_idx ON permissions (title);
CREATE INDEX permissions_key_search ON permissions USING gin (key gin_trgm_ops);
CREATE INDEX permissions_title_search ON permissions USING gin (title gin_trgm_ops);
COMMENT ON TABLE permissions IS 'Permissions';

-- Samples -----------------------------------------------------------------------------------------
CREATE TABLE samples (
  id            uuid        CONSTRAINT samples_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  row_version   integer     NOT NULL DEFAULT 1,
  created_by_id uuid        NOT NULL,
  title         text        NOT NULL,
  note          text,
  parent_id     uuid,
  CONSTRAINT samples_title_check CHECK (char_length(title) BETWEEN 1 AND 200),
  CONSTRAINT samples_note_check CHECK (char_length(note) <= 20000),
  CONSTRAINT samples_created_by_id_fkey
    FOREIGN KEY (created_by_id) REFERENCES users (id) ON DELETE RESTRICT,
  CONSTRAINT samples_parent_id_fkey
    FOREIGN KEY (parent_id) REFERENCES samples (id) ON DELETE SET NULL
);
CREATE INDEX samples_created_by_id_idx ON samples (created_by_id);
CREATE INDEX samples_parent_id_idx ON samples (parent_id);
CREATE INDEX samples_title_search ON samples USING gin (title gin_trgm_ops);
COMMENT ON TABLE samples IS 'Samples';

-- User: roles -------------------------------------------------------------------------------------
CREATE TABLE users_roles (
  user_id uuid NOT NULL,
  role_id uuid NOT NULL,
  CONSTRAINT users_roles_pkey PRIMARY KEY (user_id, role_id),
  CONSTRAINT users_roles_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
  CONSTRAINT users_roles_role_id_fkey FOREIGN KEY (role_id) REFERENCES roles (id) ON DELETE CASCADE
);
CREATE INDEX users_roles_role_id_idx ON users_roles (role_id);
COMMENT ON TABLE users_roles IS 'User: roles';

-- Role: permissions -------------------------------------------------------------------------------
CREATE TABLE roles_permissions (
  role_id       uuid NOT NULL,
  permission_id uuid NOT NULL,
  CONSTRAINT roles_permissions_pkey PRIMARY KEY (role_id, permission_id),
  CONSTRAINT roles_permissions_role_id_fkey
    FOREIGN KEY (role_id) REFERENCES roles (id) ON DELETE CASCADE,
  CONSTRAINT roles_permissions_permission_id_fkey
    FOREIGN KEY (permission_id) REFERENCES permissions (id) ON DELETE CASCADE
);
CREATE INDEX roles_permissions_permission_id_idx ON roles_permissions (permission_id);
COMMENT ON TABLE roles_permissions IS 'Role: permissions';

-- Users: triggers ---------------------------------------------------------------------------------
CREATE TRIGGER users_touch BEFORE UPDATE ON users
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER users_record_delete AFTER DELETE ON users
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('User', 'password_hash', 'password');

-- Sessions: triggers ------------------------------------------------------------------------------
CREATE TRIGGER sessions_touch BEFORE UPDATE ON sessions
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER sessions_record_delete AFTER DELETE ON sessions
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('Session');

-- Refresh tokens: triggers ------------------------------------------------------------------------
CREATE TRIGGER refresh_tokens_touch BEFORE UPDATE ON refresh_tokens
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER refresh_tokens_record_delete AFTER DELETE ON refresh_tokens
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('RefreshToken', 'token_hash', 'token');

-- Audit entries: triggers -------------------------------------------------------------------------
CREATE TRIGGER audit_entries_refuse_change BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION system.refuse_change();
CREATE TRIGGER audit_entries_refuse_truncate BEFORE TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION system.refuse_change();

-- Roles: triggers ---------------------------------------------------------------------------------
CREATE TRIGGER roles_touch BEFORE UPDATE OF name, description, builtin ON roles
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER roles_record_delete AFTER DELETE ON roles
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('Role');

-- A built-in role cannot be renamed or deleted.
CREATE FUNCTION roles_frozen_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.builtin
    AND (
      TG_OP = 'DELETE'
      OR ROW(NEW.name, NEW.builtin) IS DISTINCT FROM ROW(OLD.name, OLD.builtin)
    ) THEN
    RAISE EXCEPTION 'A built-in role cannot be renamed or deleted.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'roles_frozen', TABLE = 'roles';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER roles_frozen
  BEFORE UPDATE OR DELETE ON roles
  FOR EACH ROW EXECUTE FUNCTION roles_frozen_kept();

-- The administrator keeps the right to see and change roles.
CREATE FUNCTION roles_keys_rule_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NOT NEW.builtin OR NEW.name <> 'admin' OR OLD.keys < 2 OR NEW.keys >= 2) IS NOT TRUE THEN
    RAISE EXCEPTION 'The administrator keeps the right to see and change roles.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'roles_keys_rule', TABLE = 'roles';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER roles_keys_rule
  AFTER UPDATE ON roles
  FOR EACH ROW EXECUTE FUNCTION roles_keys_rule_kept();

-- One active administrator must remain.
CREATE FUNCTION roles_admins_rule_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NOT NEW.builtin OR NEW.name <> 'admin' OR OLD.admins = 0 OR NEW.admins >= 1) IS NOT TRUE THEN
    RAISE EXCEPTION 'One active administrator must remain.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'roles_admins_rule', TABLE = 'roles';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER roles_admins_rule
  AFTER UPDATE ON roles
  FOR EACH ROW EXECUTE FUNCTION roles_admins_rule_kept();

-- Brings keys, admins of some roles up to date.
CREATE FUNCTION roles_recompute(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Lock first, in order of id, then compute in a second statement: whoever waited sees what others committed.
  PERFORM 1 FROM roles WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
  UPDATE roles
  SET keys = computed.keys, admins = computed.admins
  FROM (
    SELECT
      parent.id,
      (
        SELECT count(*)
        FROM permissions AS p
          JOIN roles_permissions ON roles_permissions.permission_id = p.id
        WHERE roles_permissions.role_id = parent.id AND p.key IN ('roles.read', 'roles.manage')
      ) AS keys,
      (
        SELECT count(*)
        FROM users AS u
          JOIN users_roles ON users_roles.user_id = u.id
        WHERE u.deleted_at IS NULL AND users_roles.role_id = parent.id AND u.active
      ) AS admins
    FROM roles AS parent
    WHERE parent.id = ANY (ids)
  ) AS computed
  WHERE roles.id = computed.id
    AND ROW(roles.keys, roles.admins) IS DISTINCT FROM ROW(computed.keys, computed.admins);
END $$;

-- When roles_permissions come and go.
CREATE FUNCTION roles_recompute_from_roles_permissions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    ids := ARRAY(SELECT new_rows.role_id FROM new_rows);
  ELSIF TG_OP = 'DELETE' THEN
    ids := ARRAY(SELECT old_rows.role_id FROM old_rows);
  ELSE
    ids := ARRAY(
      SELECT old_rows.role_id FROM old_rows
      UNION
      SELECT new_rows.role_id FROM new_rows
    );
  END IF;
  IF cardinality(ids) > 0 THEN
    PERFORM roles_recompute(ids);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER roles_recompute_from_roles_permissions_on_insert
  AFTER INSERT ON roles_permissions REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roles_recompute_from_roles_permissions();
CREATE TRIGGER roles_recompute_from_roles_permissions_on_update
  AFTER UPDATE ON roles_permissions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roles_recompute_from_roles_permissions();
CREATE TRIGGER roles_recompute_from_roles_permissions_on_delete
  AFTER DELETE ON roles_permissions REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roles_recompute_from_roles_permissions();

-- When key of permissions changed.
CREATE FUNCTION roles_recompute_from_permissions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[];
BEGIN
  ids := ARRAY(
    SELECT roles_permissions.role_id FROM new_rows
    JOIN old_rows ON old_rows.id = new_rows.id
    JOIN roles_permissions ON roles_permissions.permission_id = new_rows.id
    WHERE new_rows.key IS DISTINCT FROM old_rows.key
  );
  IF cardinality(ids) > 0 THEN
    PERFORM roles_recompute(ids);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER roles_recompute_from_permissions_on_update
  AFTER UPDATE ON permissions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roles_recompute_from_permissions();

-- When users_roles come and go.
CREATE FUNCTION roles_recompute_from_users_roles() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    ids := ARRAY(SELECT new_rows.role_id FROM new_rows);
  ELSIF TG_OP = 'DELETE' THEN
    ids := ARRAY(SELECT old_rows.role_id FROM old_rows);
  ELSE
    ids := ARRAY(
      SELECT old_rows.role_id FROM old_rows
      UNION
      SELECT new_rows.role_id FROM new_rows
    );
  END IF;
  IF cardinality(ids) > 0 THEN
    PERFORM roles_recompute(ids);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER roles_recompute_from_users_roles_on_insert
  AFTER INSERT ON users_roles REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roles_recompute_from_users_roles();
CREATE TRIGGER roles_recompute_from_users_roles_on_update
  AFTER UPDATE ON users_roles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roles_recompute_from_users_roles();
CREATE TRIGGER roles_recompute_from_users_roles_on_delete
  AFTER DELETE ON users_roles REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roles_recompute_from_users_roles();

-- When active or deleted_at of users changed.
CREATE FUNCTION roles_recompute_from_users() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[];
BEGIN
  ids := ARRAY(
    SELECT users_roles.role_id FROM new_rows
    JOIN old_rows ON old_rows.id = new_rows.id
    JOIN users_roles ON users_roles.user_id = new_rows.id
    WHERE ROW(new_rows.active, new_rows.deleted_at) IS DISTINCT FROM ROW(old_rows.active, old_rows.deleted_at)
  );
  IF cardinality(ids) > 0 THEN
    PERFORM roles_recompute(ids);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER roles_recompute_from_users_on_update
  AFTER UPDATE ON users REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roles_recompute_from_users();

-- Permissions: triggers ---------------------------------------------------------------------------
CREATE TRIGGER permissions_touch BEFORE UPDATE ON permissions
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER permissions_record_delete AFTER DELETE ON permissions
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('Permission');

-- Samples: triggers -------------------------------------------------------------------------------
CREATE TRIGGER samples_touch BEFORE UPDATE ON samples
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER samples_record_delete AFTER DELETE ON samples
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('Sample');

-- The tables of the seven features and of the sample, in the shapes that the database handler gives them.
CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  row_version int NOT NULL DEFAULT 1,
  deleted_at timestamptz,
  email text NOT NULL,
  name text NOT NULL CONSTRAINT users_name_check CHECK (char_length(name) BETWEEN 1 AND 120),
  password_hash text,
  active boolean NOT NULL DEFAULT true,
  last_login_at timestamptz
);
CREATE UNIQUE INDEX users_email_key ON users (email) WHERE deleted_at IS NULL;

CREATE TABLE sessions (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  user_id uuid NOT NULL CONSTRAINT sessions_user_id_fkey REFERENCES users ON DELETE CASCADE,
  device text,
  address inet,
  last_used_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);

CREATE TABLE refresh_tokens (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  session_id uuid NOT NULL CONSTRAINT refresh_tokens_session_id_fkey REFERENCES sessions ON DELETE CASCADE,
  token_hash text NOT NULL CONSTRAINT refresh_tokens_token_hash_key UNIQUE,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  replaced_by_id uuid CONSTRAINT refresh_tokens_replaced_by_id_fkey REFERENCES refresh_tokens ON DELETE SET NULL
);
CREATE INDEX refresh_tokens_session_id_idx ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_replaced_by_id_idx ON refresh_tokens (replaced_by_id);

CREATE TABLE roles (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  row_version int NOT NULL DEFAULT 1,
  name text NOT NULL,
  description text,
  builtin boolean NOT NULL DEFAULT false,
  keys int NOT NULL DEFAULT 0,
  admins int NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX roles_name_key ON roles (lower(name));

CREATE TABLE permissions (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  key text NOT NULL CONSTRAINT permissions_key_key UNIQUE,
  title text NOT NULL
);

CREATE TABLE users_roles (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  role_id uuid NOT NULL REFERENCES roles ON DELETE CASCADE,
  PRIMARY KEY (user_id, role_id)
);
CREATE INDEX users_roles_role_id_idx ON users_roles (role_id);

CREATE TABLE roles_permissions (
  role_id uuid NOT NULL REFERENCES roles ON DELETE CASCADE,
  permission_id uuid NOT NULL REFERENCES permissions ON DELETE CASCADE,
  PRIMARY KEY (role_id, permission_id)
);
CREATE INDEX roles_permissions_permission_id_idx ON roles_permissions (permission_id);

CREATE TABLE audit_entries (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid CONSTRAINT audit_entries_actor_id_fkey REFERENCES users ON DELETE RESTRICT,
  action text NOT NULL,
  target_model text NOT NULL,
  target_id uuid NOT NULL,
  target_title text,
  before jsonb,
  after jsonb,
  address inet,
  correlation text NOT NULL
);
CREATE INDEX audit_entries_actor_id_idx ON audit_entries (actor_id);
CREATE INDEX audit_entries_target_id_idx ON audit_entries (target_id);

CREATE TABLE samples (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  row_version int NOT NULL DEFAULT 1,
  title text NOT NULL,
  note text,
  parent_id uuid CONSTRAINT samples_parent_id_fkey REFERENCES samples ON DELETE SET NULL,
  created_by_id uuid NOT NULL CONSTRAINT samples_created_by_id_fkey REFERENCES users ON DELETE RESTRICT
);
CREATE INDEX samples_parent_id_idx ON samples (parent_id);
CREATE INDEX samples_created_by_id_idx ON samples (created_by_id);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['users', 'sessions', 'refresh_tokens', 'roles', 'permissions', 'audit_entries', 'samples'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION system.touch_row()', t || '_touch', t);
  END LOOP;
END $$;

CREATE TRIGGER sessions_deleted AFTER DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION system.record_delete('Session');
CREATE TRIGGER refresh_tokens_deleted AFTER DELETE ON refresh_tokens
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('RefreshToken', 'token_hash');
CREATE TRIGGER roles_deleted AFTER DELETE ON roles FOR EACH ROW EXECUTE FUNCTION system.record_delete('Role');
CREATE TRIGGER samples_deleted AFTER DELETE ON samples FOR EACH ROW EXECUTE FUNCTION system.record_delete('Sample');
CREATE TRIGGER audit_entries_frozen BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION system.refuse_change();

-- A built-in role cannot be renamed or deleted.
CREATE FUNCTION roles_builtin_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.builtin AND (TG_OP = 'DELETE' OR NEW.name <> OLD.name OR NEW.builtin <> OLD.builtin) THEN
    RAISE EXCEPTION 'built in' USING ERRCODE = '23514', CONSTRAINT = 'roles_frozen';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER roles_frozen BEFORE UPDATE OR DELETE ON roles FOR EACH ROW EXECUTE FUNCTION roles_builtin_frozen();

-- `admins` counts the active users that hold a role. Roles are locked before they are counted, in order of id.
CREATE FUNCTION roles_count_admins(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM roles WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
  UPDATE roles AS r SET admins = c.count
  FROM (SELECT i.id, count(u.id) AS count
        FROM unnest(ids) AS i (id)
        LEFT JOIN users_roles AS ur ON ur.role_id = i.id
        LEFT JOIN users AS u ON u.id = ur.user_id AND u.active AND u.deleted_at IS NULL
        GROUP BY i.id) AS c
  WHERE r.id = c.id AND r.admins <> c.count;
END $$;
CREATE FUNCTION roles_admins_of_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM roles_count_admins(ARRAY(SELECT DISTINCT role_id FROM changed ORDER BY role_id));
  RETURN NULL;
END $$;
CREATE FUNCTION roles_admins_of_users() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM roles_count_admins(ARRAY(
    SELECT DISTINCT ur.role_id FROM changed AS c JOIN users_roles AS ur ON ur.user_id = c.id ORDER BY ur.role_id));
  RETURN NULL;
END $$;
CREATE TRIGGER users_roles_added AFTER INSERT ON users_roles REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION roles_admins_of_links();
CREATE TRIGGER users_roles_removed AFTER DELETE ON users_roles REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION roles_admins_of_links();
CREATE TRIGGER users_changed AFTER UPDATE ON users REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION roles_admins_of_users();

CREATE FUNCTION roles_last_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.builtin AND NEW.name = 'admin' AND OLD.admins > 0 AND NEW.admins < 1 THEN
    RAISE EXCEPTION 'last administrator' USING ERRCODE = '23514', CONSTRAINT = 'roles_name_builtin_rule_2';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER roles_name_builtin_rule_2 AFTER UPDATE ON roles FOR EACH ROW EXECUTE FUNCTION roles_last_admin();

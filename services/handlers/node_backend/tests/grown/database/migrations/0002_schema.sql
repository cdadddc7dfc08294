-- The tables of Grown, and what holds between their rows whatever the application does.

-- A migration that has to wait for a busy table gives up rather than have the whole application wait behind it.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- Search finds words in the middle of texts by their trigrams.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

-- Users -------------------------------------------------------------------------------------------
CREATE TABLE users (
  id             uuid        CONSTRAINT users_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at     timestamptz NOT NULL DEFAULT now(),
  updated_at     timestamptz NOT NULL DEFAULT now(),
  row_version    integer     NOT NULL DEFAULT 1,
  deleted_at     timestamptz,
  email          text        NOT NULL,
  name           text        NOT NULL,
  password_hash  text,
  active         boolean     NOT NULL DEFAULT TRUE,
  last_login_at  timestamptz,
  verified_email text,
  CONSTRAINT users_email_check
    CHECK (char_length(email) BETWEEN 3 AND 254
      AND email = lower(email)
      AND email ~ '^[^@\s]+@[^@\s]+$'),
  CONSTRAINT users_name_check CHECK (char_length(name) BETWEEN 1 AND 120),
  CONSTRAINT users_verified_email_check
    CHECK (char_length(verified_email) BETWEEN 3 AND 254
      AND verified_email = lower(verified_email)
      AND verified_email ~ '^[^@\s]+@[^@\s]+$')
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

-- Failed logins -----------------------------------------------------------------------------------
CREATE TABLE failed_logins (
  id           uuid        CONSTRAINT failed_logins_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now(),
  email        text        NOT NULL,
  address      inet,
  blocks_until timestamptz NOT NULL,
  cleared_at   timestamptz,
  CONSTRAINT failed_logins_email_check
    CHECK (char_length(email) BETWEEN 3 AND 254
      AND email = lower(email)
      AND email ~ '^[^@\s]+@[^@\s]+$')
);
CREATE INDEX failed_logins_email_idx ON failed_logins (email);
CREATE INDEX failed_logins_address_idx ON failed_logins (address);
CREATE INDEX failed_logins_blocks_until_idx ON failed_logins (blocks_until);
CREATE INDEX failed_logins_cleared_at_idx ON failed_logins (cleared_at);
CREATE INDEX failed_logins_email_search ON failed_logins USING gin (email gin_trgm_ops);
CREATE INDEX failed_logins_created_at_page ON failed_logins (created_at DESC, id DESC);
COMMENT ON TABLE failed_logins IS 'Failed logins';

-- Email verifications -----------------------------------------------------------------------------
CREATE TABLE email_verifications (
  id         uuid        CONSTRAINT email_verifications_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  user_id    uuid        NOT NULL,
  email      text        NOT NULL,
  token_hash text        NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz,
  CONSTRAINT email_verifications_email_check
    CHECK (char_length(email) BETWEEN 3 AND 254
      AND email = lower(email)
      AND email ~ '^[^@\s]+@[^@\s]+$'),
  CONSTRAINT email_verifications_user_id_fkey
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX email_verifications_token_hash_key ON email_verifications (token_hash);
CREATE INDEX email_verifications_user_id_idx ON email_verifications (user_id);
COMMENT ON TABLE email_verifications IS 'Email verifications';

-- Stored files ------------------------------------------------------------------------------------
CREATE TABLE stored_files (
  id             uuid        CONSTRAINT stored_files_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at     timestamptz NOT NULL DEFAULT now(),
  updated_at     timestamptz NOT NULL DEFAULT now(),
  row_version    integer     NOT NULL DEFAULT 1,
  uploaded_by_id uuid        NOT NULL,
  name           text        NOT NULL,
  content_type   text        NOT NULL,
  size           bigint      NOT NULL,
  checksum       text,
  received       bigint      NOT NULL DEFAULT 0,
  storage_key    text        NOT NULL,
  state          text        NOT NULL DEFAULT 'receiving',
  pinned         boolean     NOT NULL DEFAULT FALSE,
  target_type    text,
  target_id      uuid,
  CONSTRAINT stored_files_name_check CHECK (char_length(name) BETWEEN 1 AND 255),
  CONSTRAINT stored_files_content_type_check CHECK (char_length(content_type) <= 100),
  CONSTRAINT stored_files_size_check CHECK (size BETWEEN -9007199254740991 AND 9007199254740991),
  CONSTRAINT stored_files_checksum_check CHECK (char_length(checksum) <= 64),
  CONSTRAINT stored_files_received_check
    CHECK (received BETWEEN -9007199254740991 AND 9007199254740991),
  CONSTRAINT stored_files_storage_key_check CHECK (char_length(storage_key) <= 64),
  CONSTRAINT stored_files_state_check CHECK (state IN ('receiving', 'ready')),
  CONSTRAINT stored_files_target_id_check
    CHECK (target_type IN ('User', 'Room', 'Membership', 'Message', 'Role', 'Sample') AND (target_type IS NULL) = (target_id IS NULL)),
  CONSTRAINT stored_files_size_received_rule CHECK (received <= size),
  CONSTRAINT stored_files_uploaded_by_id_fkey
    FOREIGN KEY (uploaded_by_id) REFERENCES users (id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX stored_files_storage_key_key ON stored_files (storage_key);
CREATE INDEX stored_files_uploaded_by_id_idx ON stored_files (uploaded_by_id);
CREATE INDEX stored_files_content_type_idx ON stored_files (content_type);
CREATE INDEX stored_files_size_idx ON stored_files (size);
CREATE INDEX stored_files_state_idx ON stored_files (state);
CREATE INDEX stored_files_target_id_idx ON stored_files (target_type, target_id);
CREATE INDEX stored_files_name_search ON stored_files USING gin (name gin_trgm_ops);
COMMENT ON TABLE stored_files IS 'Stored files';

-- Notifications -----------------------------------------------------------------------------------
CREATE TABLE notifications (
  id          uuid        CONSTRAINT notifications_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  row_version integer     NOT NULL DEFAULT 1,
  user_id     uuid        NOT NULL,
  kind        text        NOT NULL,
  title       text        NOT NULL,
  link_type   text,
  link_id     uuid,
  read_at     timestamptz,
  CONSTRAINT notifications_kind_check CHECK (char_length(kind) <= 60),
  CONSTRAINT notifications_title_check CHECK (char_length(title) <= 300),
  CONSTRAINT notifications_link_id_check
    CHECK (link_type IN ('User', 'Room', 'Role', 'Sample') AND (link_type IS NULL) = (link_id IS NULL)),
  CONSTRAINT notifications_user_id_fkey
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT
);
CREATE INDEX notifications_user_id_idx ON notifications (user_id);
CREATE INDEX notifications_kind_idx ON notifications (kind);
CREATE INDEX notifications_link_id_idx ON notifications (link_type, link_id);
CREATE INDEX notifications_read_at_idx ON notifications (read_at);
CREATE INDEX notifications_created_at_page ON notifications (created_at DESC, id DESC);
COMMENT ON TABLE notifications IS 'Notifications';

-- Notification preferences ------------------------------------------------------------------------
CREATE TABLE notification_preferences (
  id         uuid        CONSTRAINT notification_preferences_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  user_id    uuid        NOT NULL,
  kind       text        NOT NULL,
  in_app     boolean     NOT NULL DEFAULT TRUE,
  email      boolean     NOT NULL DEFAULT FALSE,
  CONSTRAINT notification_preferences_kind_check CHECK (char_length(kind) <= 60),
  CONSTRAINT notification_preferences_user_id_fkey
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT
);
-- There is already a notification preference with this kind.
CREATE UNIQUE INDEX notification_preferences_user_id_kind_key
  ON notification_preferences (user_id, kind);
COMMENT ON TABLE notification_preferences IS 'Notification preferences';

-- Password reset requests -------------------------------------------------------------------------
CREATE TABLE password_reset_requests (
  id         uuid        CONSTRAINT password_reset_requests_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  email      text        NOT NULL,
  CONSTRAINT password_reset_requests_email_check
    CHECK (char_length(email) BETWEEN 3 AND 254
      AND email = lower(email)
      AND email ~ '^[^@\s]+@[^@\s]+$')
);
COMMENT ON TABLE password_reset_requests IS 'Password reset requests';

-- Password resets ---------------------------------------------------------------------------------
CREATE TABLE password_resets (
  id         uuid        CONSTRAINT password_resets_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  user_id    uuid        NOT NULL,
  token_hash text        NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz,
  CONSTRAINT password_resets_user_id_fkey
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX password_resets_token_hash_key ON password_resets (token_hash);
CREATE INDEX password_resets_user_id_idx ON password_resets (user_id);
COMMENT ON TABLE password_resets IS 'Password resets';

-- Rooms -------------------------------------------------------------------------------------------
CREATE TABLE rooms (
  id          uuid        CONSTRAINT rooms_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  row_version integer     NOT NULL DEFAULT 1,
  name        text,
  pair        text,
  CONSTRAINT rooms_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
  CONSTRAINT rooms_pair_check CHECK (char_length(pair) <= 80)
);
CREATE UNIQUE INDEX rooms_pair_key ON rooms (pair);
CREATE INDEX rooms_name_search ON rooms USING gin (name gin_trgm_ops);
COMMENT ON TABLE rooms IS 'Rooms';

-- Memberships -------------------------------------------------------------------------------------
CREATE TABLE memberships (
  id         uuid        CONSTRAINT memberships_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  room_id    uuid        NOT NULL,
  user_id    uuid        NOT NULL,
  role       text        NOT NULL DEFAULT 'member',
  last_read  bigint      NOT NULL DEFAULT 0,
  CONSTRAINT memberships_role_check CHECK (role IN ('member', 'owner')),
  CONSTRAINT memberships_last_read_check
    CHECK (last_read BETWEEN -9007199254740991 AND 9007199254740991),
  CONSTRAINT memberships_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms (id) ON DELETE CASCADE,
  CONSTRAINT memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
-- There is already a membership with this room and user.
CREATE UNIQUE INDEX memberships_room_id_user_id_key ON memberships (room_id, user_id);
CREATE INDEX memberships_user_id_idx ON memberships (user_id);
CREATE INDEX memberships_role_idx ON memberships (role);
COMMENT ON TABLE memberships IS 'Memberships';

-- Messages ----------------------------------------------------------------------------------------
CREATE TABLE messages (
  id         uuid        CONSTRAINT messages_pkey PRIMARY KEY DEFAULT uuidv7(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  room_id    uuid        NOT NULL,
  author_id  uuid        NOT NULL,
  body       text        NOT NULL,
  position   bigint      NOT NULL,
  edited_at  timestamptz,
  CONSTRAINT messages_body_check
    CHECK (deleted_at IS NOT NULL OR (char_length(body) BETWEEN 1 AND 4000)),
  CONSTRAINT messages_position_check
    CHECK (position BETWEEN -9007199254740991 AND 9007199254740991),
  CONSTRAINT messages_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms (id) ON DELETE CASCADE,
  CONSTRAINT messages_author_id_fkey
    FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE RESTRICT
);
CREATE INDEX messages_room_id_idx ON messages (room_id);
CREATE INDEX messages_author_id_idx ON messages (author_id);
CREATE INDEX messages_edited_at_idx ON messages (edited_at);
CREATE INDEX messages_body_search ON messages USING gin (body gin_trgm_ops);
CREATE INDEX messages_room_id_position_page ON messages (room_id, position DESC, id DESC);
COMMENT ON TABLE messages IS 'Messages';

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

-- Jobs --------------------------------------------------------------------------------------------
CREATE VIEW jobs AS SELECT id, created_at, updated_at, name, key, state, attempts, last_error, run_at, finished_at FROM system.job_states;

-- Email messages ----------------------------------------------------------------------------------
CREATE VIEW email_messages AS SELECT id, created_at, updated_at, recipient, template, subject, state, reason, attempts, sent_at FROM system.mail_messages;

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

-- Failed logins: triggers -------------------------------------------------------------------------
CREATE TRIGGER failed_logins_touch BEFORE UPDATE ON failed_logins
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER failed_logins_record_delete AFTER DELETE ON failed_logins
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('FailedLogin');

-- Email verifications: triggers -------------------------------------------------------------------
CREATE TRIGGER email_verifications_touch BEFORE UPDATE ON email_verifications
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER email_verifications_record_delete AFTER DELETE ON email_verifications
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('EmailVerification', 'token_hash', 'token');

-- Stored files: triggers --------------------------------------------------------------------------
CREATE TRIGGER stored_files_touch BEFORE UPDATE ON stored_files
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER stored_files_record_delete AFTER DELETE ON stored_files
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('StoredFile');

-- stored_files.target_id points at a row of one of several tables, as strictly as a foreign key would.
CREATE FUNCTION stored_files_target_exists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.target_id IS NULL THEN
    RETURN NEW;
  END IF;
  -- The lock keeps the target from being deleted before this transaction is over.
  CASE NEW.target_type
    WHEN 'User' THEN
      PERFORM 1 FROM users WHERE id = NEW.target_id AND deleted_at IS NULL FOR KEY SHARE;
    WHEN 'Room' THEN
      PERFORM 1 FROM rooms WHERE id = NEW.target_id FOR KEY SHARE;
    WHEN 'Membership' THEN
      PERFORM 1 FROM memberships WHERE id = NEW.target_id FOR KEY SHARE;
    WHEN 'Message' THEN
      PERFORM 1 FROM messages WHERE id = NEW.target_id FOR KEY SHARE;
    WHEN 'Role' THEN
      PERFORM 1 FROM roles WHERE id = NEW.target_id FOR KEY SHARE;
    WHEN 'Sample' THEN
      PERFORM 1 FROM samples WHERE id = NEW.target_id FOR KEY SHARE;
    ELSE
      RETURN NEW; -- the CHECK of the column refuses it
  END CASE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no such row.'
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'stored_files_target_fkey', TABLE = 'stored_files';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stored_files_target_target
  BEFORE INSERT OR UPDATE OF target_type, target_id ON stored_files
  FOR EACH ROW EXECUTE FUNCTION stored_files_target_exists();

-- What pointed at a deleted row points at nothing.
CREATE FUNCTION stored_files_target_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE stored_files SET target_type = NULL, target_id = NULL
  WHERE target_type = TG_ARGV[0] AND target_id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER users_clears_stored_files_target AFTER DELETE ON users
  FOR EACH ROW EXECUTE FUNCTION stored_files_target_follow('User');
CREATE TRIGGER rooms_clears_stored_files_target AFTER DELETE ON rooms
  FOR EACH ROW EXECUTE FUNCTION stored_files_target_follow('Room');
CREATE TRIGGER memberships_clears_stored_files_target AFTER DELETE ON memberships
  FOR EACH ROW EXECUTE FUNCTION stored_files_target_follow('Membership');
CREATE TRIGGER messages_clears_stored_files_target AFTER DELETE ON messages
  FOR EACH ROW EXECUTE FUNCTION stored_files_target_follow('Message');
CREATE TRIGGER roles_clears_stored_files_target AFTER DELETE ON roles
  FOR EACH ROW EXECUTE FUNCTION stored_files_target_follow('Role');
CREATE TRIGGER samples_clears_stored_files_target AFTER DELETE ON samples
  FOR EACH ROW EXECUTE FUNCTION stored_files_target_follow('Sample');

-- Notifications: triggers -------------------------------------------------------------------------
CREATE TRIGGER notifications_touch BEFORE UPDATE ON notifications
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER notifications_record_delete AFTER DELETE ON notifications
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('Notification');

-- notifications.link_id points at a row of one of several tables, as strictly as a foreign key would.
CREATE FUNCTION notifications_link_exists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.link_id IS NULL THEN
    RETURN NEW;
  END IF;
  -- The lock keeps the target from being deleted before this transaction is over.
  CASE NEW.link_type
    WHEN 'User' THEN
      PERFORM 1 FROM users WHERE id = NEW.link_id AND deleted_at IS NULL FOR KEY SHARE;
    WHEN 'Room' THEN
      PERFORM 1 FROM rooms WHERE id = NEW.link_id FOR KEY SHARE;
    WHEN 'Role' THEN
      PERFORM 1 FROM roles WHERE id = NEW.link_id FOR KEY SHARE;
    WHEN 'Sample' THEN
      PERFORM 1 FROM samples WHERE id = NEW.link_id FOR KEY SHARE;
    ELSE
      RETURN NEW; -- the CHECK of the column refuses it
  END CASE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no such row.'
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'notifications_link_fkey', TABLE = 'notifications';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notifications_link_target
  BEFORE INSERT OR UPDATE OF link_type, link_id ON notifications
  FOR EACH ROW EXECUTE FUNCTION notifications_link_exists();

-- What pointed at a deleted row points at nothing.
CREATE FUNCTION notifications_link_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE notifications SET link_type = NULL, link_id = NULL
  WHERE link_type = TG_ARGV[0] AND link_id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER users_clears_notifications_link AFTER DELETE ON users
  FOR EACH ROW EXECUTE FUNCTION notifications_link_follow('User');
CREATE TRIGGER rooms_clears_notifications_link AFTER DELETE ON rooms
  FOR EACH ROW EXECUTE FUNCTION notifications_link_follow('Room');
CREATE TRIGGER roles_clears_notifications_link AFTER DELETE ON roles
  FOR EACH ROW EXECUTE FUNCTION notifications_link_follow('Role');
CREATE TRIGGER samples_clears_notifications_link AFTER DELETE ON samples
  FOR EACH ROW EXECUTE FUNCTION notifications_link_follow('Sample');

-- Notification preferences: triggers --------------------------------------------------------------
CREATE TRIGGER notification_preferences_touch BEFORE UPDATE ON notification_preferences
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER notification_preferences_record_delete AFTER DELETE ON notification_preferences
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('NotificationPreference');

-- Password reset requests: triggers ---------------------------------------------------------------
CREATE TRIGGER password_reset_requests_touch BEFORE UPDATE ON password_reset_requests
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER password_reset_requests_record_delete AFTER DELETE ON password_reset_requests
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('PasswordResetRequest');

-- Password resets: triggers -----------------------------------------------------------------------
CREATE TRIGGER password_resets_touch BEFORE UPDATE ON password_resets
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER password_resets_record_delete AFTER DELETE ON password_resets
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('PasswordReset', 'token_hash', 'token');

-- Rooms: triggers ---------------------------------------------------------------------------------
CREATE TRIGGER rooms_touch BEFORE UPDATE ON rooms
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER rooms_record_delete AFTER DELETE ON rooms
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('Room');

-- Memberships: triggers ---------------------------------------------------------------------------
CREATE TRIGGER memberships_touch BEFORE UPDATE ON memberships
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER memberships_record_delete AFTER DELETE ON memberships
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('Membership');

-- Messages: triggers ------------------------------------------------------------------------------
CREATE TRIGGER messages_touch BEFORE UPDATE ON messages
  FOR EACH ROW EXECUTE FUNCTION system.touch_row();
CREATE TRIGGER messages_record_delete AFTER DELETE ON messages
  FOR EACH ROW EXECUTE FUNCTION system.record_delete('Message');

-- position counts on for each room. A counter, not a sequence: what is undone gives its number
-- back.
CREATE FUNCTION messages_position_counter_give() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  n bigint;
BEGIN
  INSERT INTO system.counters AS counter (name, key, value)
  VALUES (
    'messages_position_counter',
    concat_ws(' ', NEW.room_id),
    1
  )
  ON CONFLICT (name, key) DO UPDATE SET value = counter.value + 1
  RETURNING counter.value INTO n;
  NEW.position := n;
  RETURN NEW;
END $$;
CREATE TRIGGER messages_position_counter BEFORE INSERT ON messages
  FOR EACH ROW WHEN (NEW.position IS NULL) EXECUTE FUNCTION messages_position_counter_give();

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

CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  email text NOT NULL CONSTRAINT users_email_key UNIQUE,
  name text NOT NULL,
  password text NOT NULL,
  token text NOT NULL,
  roles text[] NOT NULL DEFAULT '{}'
);
CREATE TABLE samples (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  title text NOT NULL CONSTRAINT samples_title_check CHECK (length(title) BETWEEN 1 AND 200),
  created_by uuid NOT NULL CONSTRAINT samples_created_by_fkey REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX samples_created_by_idx ON samples (created_by);

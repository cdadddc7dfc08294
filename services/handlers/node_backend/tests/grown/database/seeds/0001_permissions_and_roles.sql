-- One row for each permission and for each role that the application knows of. Runs after every migration, any number of
-- times; what people have changed since stays as they left it.
INSERT INTO permissions (key, title) VALUES
  ('audit.read', 'Read the audit log'),
  ('jobs.read', 'See background jobs'),
  ('jobs.manage', 'Try background jobs again and cancel them'),
  ('mails.read', 'See which mails were sent, and which failed'),
  ('mails.manage', 'Send failed mails again'),
  ('health.read', 'See the health page'),
  ('lockout.manage', 'See and unlock locked accounts'),
  ('roles.read', 'See roles'),
  ('roles.manage', 'Change roles and who holds them'),
  ('users.read', 'See all users'),
  ('users.manage', 'Create, change, deactivate and delete users'),
  ('sample.manage', 'Change all rows of Sample')
ON CONFLICT (key) DO UPDATE SET title = excluded.title WHERE permissions.title <> excluded.title;

INSERT INTO roles (name, builtin) VALUES
  ('admin', TRUE),
  ('auditor', TRUE)
ON CONFLICT DO NOTHING;

-- A permission is granted once: a later run brings those of new permissions, and takes back nothing that was changed by hand.
INSERT INTO roles_permissions (role_id, permission_id)
SELECT roles.id, permissions.id
FROM (
  VALUES
    ('admin', 'audit.read'),
    ('admin', 'jobs.read'),
    ('admin', 'jobs.manage'),
    ('admin', 'mails.read'),
    ('admin', 'mails.manage'),
    ('admin', 'health.read'),
    ('admin', 'lockout.manage'),
    ('admin', 'roles.read'),
    ('admin', 'roles.manage'),
    ('admin', 'users.read'),
    ('admin', 'users.manage'),
    ('admin', 'sample.manage'),
    ('auditor', 'audit.read')
) AS granted (role, permission)
JOIN roles ON roles.name = granted.role AND roles.builtin
JOIN permissions ON permissions.key = granted.permission
LEFT JOIN system.seeded_grants AS seen
  ON seen.role = granted.role AND seen.permission = granted.permission
WHERE seen.role IS NULL
ON CONFLICT DO NOTHING;

INSERT INTO system.seeded_grants (role, permission) VALUES
  ('admin', 'audit.read'),
  ('admin', 'jobs.read'),
  ('admin', 'jobs.manage'),
  ('admin', 'mails.read'),
  ('admin', 'mails.manage'),
  ('admin', 'health.read'),
  ('admin', 'lockout.manage'),
  ('admin', 'roles.read'),
  ('admin', 'roles.manage'),
  ('admin', 'users.read'),
  ('admin', 'users.manage'),
  ('admin', 'sample.manage'),
  ('auditor', 'audit.read')
ON CONFLICT DO NOTHING;

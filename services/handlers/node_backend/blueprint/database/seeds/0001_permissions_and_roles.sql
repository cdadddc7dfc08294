-- One row for each permission and role of the contract. May run any number of times; what people changed stays.
INSERT INTO permissions (key, title) VALUES
  ('roles.read', 'See roles'),
  ('roles.manage', 'Change roles and who holds them'),
  ('users.read', 'See all users'),
  ('users.manage', 'Create, change, deactivate and delete users'),
  ('audit.read', 'Read the audit log'),
  ('health.read', 'See the health page'),
  ('sample.manage', 'Change every sample')
ON CONFLICT (key) DO UPDATE SET title = excluded.title WHERE permissions.title <> excluded.title;

WITH new AS (
  INSERT INTO roles (name, builtin) VALUES ('admin', true), ('auditor', true) ON CONFLICT DO NOTHING RETURNING id, name
)
INSERT INTO roles_permissions (role_id, permission_id)
SELECT n.id, p.id FROM new AS n JOIN permissions AS p ON n.name = 'admin' OR p.key = 'audit.read';

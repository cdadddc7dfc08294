import { ids, object, text } from '../../../shared/validate.ts';

export interface RoleInput {
  name: string;
  description?: string | null;
  permissions?: string[];
  users?: string[];
}

export const createRoleInput = object<RoleInput>({
  name: text(1, 60).required(),
  description: text(0, 300).allow(null),
  permissions: ids(),
  users: ids(),
});

export const updateRoleInput = object<Partial<RoleInput>>({
  name: text(1, 60),
  description: text(0, 300).allow(null),
  permissions: ids(),
  users: ids(),
});

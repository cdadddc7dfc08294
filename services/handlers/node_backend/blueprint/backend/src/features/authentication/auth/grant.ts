import type { Sequelize } from 'sequelize';
import { giveRole } from './names.ts';

/** Gives a person a role: how the first administrator is made. */
export async function grantRole(database: Sequelize, email: string, role: string): Promise<string> {
  if (!(await giveRole(database, email, role))) {
    throw new Error(`There is no user "${email}" or no role "${role}". A person registers first, and then gets a role.`);
  }
  return `${email} has the role ${role}.`;
}

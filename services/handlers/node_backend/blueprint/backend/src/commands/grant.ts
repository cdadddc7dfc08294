import { grantRole } from '../features/authentication/auth/grant.ts';
import { command } from './support.ts';

const [address, role] = process.argv.slice(2);

await command(async (database) => {
  if (!address || !role) throw new Error('Say who gets which role: npm run grant -- person@example.com admin');
  return grantRole(database, address, role);
});

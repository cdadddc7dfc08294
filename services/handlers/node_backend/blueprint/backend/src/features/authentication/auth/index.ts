/** What other features may use: what a password has to be, and how it is kept. */
export { hashPassword, optionalPassword } from './password.ts';
export { newPassword } from './rule.ts';

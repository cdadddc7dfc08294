/** What other features may use: how a password is kept. */
export { hashPassword, optionalPassword } from './password.ts';

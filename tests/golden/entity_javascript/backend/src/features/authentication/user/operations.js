import { choicesOperation } from '../../../shared/actions/rows.js';
import { users } from './scope.js';

export const chooseUsers = choicesOperation({ name: 'User.choices', source: users, by: (caller) => caller.signedIn });

import { choicesOperation } from '../../../shared/actions/operation.js';
import { users } from './scope.js';

export const chooseUsers = choicesOperation({ name: 'User.choices', source: users, by: (caller) => caller.signedIn });

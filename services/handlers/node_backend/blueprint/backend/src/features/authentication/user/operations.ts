import { choicesOperation } from '../../../shared/actions/rows.ts';
import { users } from './scope.ts';

export const chooseUsers = choicesOperation({ name: 'User.choices', source: users, by: (caller) => caller.signedIn });

import { choicesOperation } from '../../../shared/actions/operation.ts';
import { users } from './scope.ts';

export const chooseUsers = choicesOperation({ name: 'User.choices', source: users, by: (caller) => caller.signedIn });

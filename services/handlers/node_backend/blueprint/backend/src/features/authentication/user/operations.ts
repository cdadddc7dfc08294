import { choicesOperation } from '../../../shared/actions/operation.ts';
import { users } from './scope.ts';

export const listUserChoices = choicesOperation({ name: 'User.choices', source: users, by: (caller) => caller.signedIn });

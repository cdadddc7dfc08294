import jwt from 'jsonwebtoken';
import { select } from '../../../shared/database/sql.ts';
import { callerOf, type Holder, stranger } from '../../../shared/policy/caller.ts';
import { isUuid } from '../../../shared/query/rows.ts';
import type { Identify } from '../../../shared/services.ts';
import { callerQuery, held } from './names.ts'; //@no-organizations
//@organizations import { named } from '../../../shared/actions/organization.ts';
//@organizations import { callerQuery, held, organizationQuery } from './names.ts';

/**
 * Finds the caller behind `Authorization: Bearer`. The token says who; that the session is open and the user active is asked of the
 * database each time, so that ending either takes effect at once. Bad credentials make a stranger: whether signing in is needed is
 * for the operation to say.
 */
export const authenticate: Identify = async (request, services) => {
  const header = request.get('authorization');
  if (header === undefined) return stranger(); //@no-organizations
  //@organizations if (header === undefined) return stranger(null, await named(services.database, organizationQuery, request.get('x-organization')));
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header)?.[1];
  if (token === undefined) return stranger('unauthenticated');
  let claims: string | jwt.JwtPayload;
  try {
    // The algorithm is ours to choose, never the token's.
    claims = jwt.verify(token, services.config.jwtSecret, { algorithms: ['HS256'] });
  } catch (error) {
    return stranger(error instanceof jwt.TokenExpiredError ? 'token_expired' : 'unauthenticated');
  }
  if (typeof claims === 'string' || !isUuid(claims.sub) || !isUuid(claims.sid)) return stranger('unauthenticated');
  const [holder] = await select<Holder>(services.database, callerQuery, { session: claims.sid, user: claims.sub });
  return holder ? callerOf(held(holder)) : stranger('unauthenticated');
};

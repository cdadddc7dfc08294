import type { RequestParamHandler } from 'express';
import { isUuid } from '../query/rows.ts';

/** What is not an id names no row: the address `/api/users/choices` is never that of a user called "choices". */
export const onlyIds: RequestParamHandler = (_request, _response, next, id) => {
  next(isUuid(id) ? undefined : 'route');
};

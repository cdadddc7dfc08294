import type { RequestHandler, Router } from 'express';
import { AppError, notFound } from '../errors.ts';
import { isUuid } from '../query/rows.ts';
import { general } from './rate.ts';

/** Answers what no route took: 405 where the address exists under another method, else 404. */
export function fallback(routers: readonly Router[]): RequestHandler[] {
  const answer: RequestHandler = (request, response) => {
    const allowed = new Set<string>();
    for (const layer of routers.flatMap((router) => router.stack)) {
      if (!layer.route || !matching(layer, request.path)) continue;
      for (const { method } of layer.route.stack) allowed.add(method.toUpperCase());
    }
    if (allowed.size === 0) throw notFound('There is no such address.');
    if (allowed.has('GET')) allowed.add('HEAD');
    const allow = [...allowed].toSorted().join(', ');
    if (request.method === 'OPTIONS') {
      response.status(204).set('Allow', allow).end();
      return;
    }
    throw new AppError(405, 'method_not_allowed', `This address answers to ${allow}.`, [], { Allow: allow });
  };
  // Looking for addresses counts as calling; who it is would cost a question to the database.
  return [general, answer];
}

// Express publishes `match`, its type declarations leave it out.
type Layer = Router['stack'][number] & { match(path: string): false | { params: { id?: string } } };

function matching(layer: Router['stack'][number], path: string): boolean {
  try {
    const match = (layer as Layer).match(path);
    return match !== false && (match.params.id === undefined || isUuid(match.params.id));
  } catch {
    // An address that cannot be decoded matches nothing.
    return false;
  }
}

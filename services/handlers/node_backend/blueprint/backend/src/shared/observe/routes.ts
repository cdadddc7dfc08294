import { Router } from 'express';
import { readiness } from './probes.ts';
import { servicesOf } from '../services.ts';

/** Two answers for whoever runs the application. They need no caller, and the first one needs nothing at all. */
export const health = Router();

health.get('/api/live', (_request, response) => {
  response.json({ status: 'ok' });
});

health.get('/api/ready', async (request, response) => {
  const answer = await readiness(servicesOf(request));
  response.status(answer.status === 'ok' ? 200 : 503).json(answer);
});

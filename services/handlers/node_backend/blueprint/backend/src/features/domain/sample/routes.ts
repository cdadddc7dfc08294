import { Router } from 'express';
import { createSample, deleteSample, listSamples, readSample, sampleChoices, updateSample } from './operations.ts';

export const sampleRoutes = Router();

sampleRoutes.get('/api/samples', listSamples);
sampleRoutes.post('/api/samples', createSample);
sampleRoutes.get('/api/samples/choices', sampleChoices);
sampleRoutes.get('/api/samples/:id', readSample);
sampleRoutes.patch('/api/samples/:id', updateSample);
sampleRoutes.delete('/api/samples/:id', deleteSample);

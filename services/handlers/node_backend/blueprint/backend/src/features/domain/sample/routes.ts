import { Router } from 'express';
import { createSample, deleteSample, listSampleChoices, listSamples, readSample, updateSample } from './operations.ts';

export const sampleRoutes = Router();

sampleRoutes.get('/api/samples', listSamples);
sampleRoutes.post('/api/samples', createSample);
sampleRoutes.get('/api/samples/choices', listSampleChoices);
sampleRoutes.get('/api/samples/:id', readSample);
sampleRoutes.patch('/api/samples/:id', updateSample);
sampleRoutes.delete('/api/samples/:id', deleteSample);

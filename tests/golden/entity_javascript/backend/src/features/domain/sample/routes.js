import { Router } from 'express';
import { chooseSamples, createSample, deleteSample, listSamples, readSample, updateSample } from './operations.js';

export const sampleRoutes = Router();

sampleRoutes.get('/api/samples', listSamples);
sampleRoutes.post('/api/samples', createSample);
sampleRoutes.get('/api/samples/choices', chooseSamples);
sampleRoutes.get('/api/samples/:id', readSample);
sampleRoutes.patch('/api/samples/:id', updateSample);
sampleRoutes.delete('/api/samples/:id', deleteSample);

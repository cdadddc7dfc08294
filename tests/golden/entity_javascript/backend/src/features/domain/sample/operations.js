import {
  choicesOperation,
  createOperation,
  deleteOperation,
  listOperation,
  readOperation,
  rowOperation,
} from '../../../shared/actions/rows.js';
import { ownerOf } from '../../../shared/policy/caller.js';
import { Sample } from './model.js';
import { createSampleInput, updateSampleInput } from './schema.js';
import { samples } from './scope.js';

export const listSamples = listOperation({ name: 'Sample.list', source: samples, by: (caller) => caller.signedIn });

export const readSample = readOperation({ name: 'Sample.read', source: samples, by: (caller) => caller.signedIn });

export const createSample = createOperation({
  name: 'Sample.create',
  source: samples,
  path: '/api/samples',
  by: (caller) => caller.signedIn,
  input: createSampleInput,
  async run(unit, input) {
    await unit.refer(samples, { parent: input.parent });
    return unit.insert(Sample, {
      created_by_id: ownerOf(unit.caller),
      title: input.title,
      note: input.note,
      parent_id: input.parent,
    });
  },
});

export const updateSample = rowOperation({
  name: 'Sample.update',
  source: samples,
  model: Sample,
  rule: 'update',
  event: 'updated',
  by: (caller) => caller.signedIn,
  input: updateSampleInput,
  async run(unit, row, input) {
    await unit.refer(samples, { parent: input.parent });
    await unit.set(row, {
      title: input.title,
      note: input.note,
      parent_id: input.parent,
    });
  },
});

export const deleteSample = deleteOperation({
  name: 'Sample.delete',
  source: samples,
  model: Sample,
  by: (caller) => caller.signedIn,
});

export const chooseSamples = choicesOperation({ name: 'Sample.choices', source: samples, by: (caller) => caller.signedIn });

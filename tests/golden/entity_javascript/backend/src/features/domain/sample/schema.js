import { id, object, text } from '../../../shared/validate.js';

export const createSampleInput = object({
  title: text(1, 200).required(),
  note: text(0, 20_000).allow(null),
  parent: id().allow(null),
});

export const updateSampleInput = object({
  title: text(1, 200),
  note: text(0, 20_000).allow(null),
  parent: id().allow(null),
});

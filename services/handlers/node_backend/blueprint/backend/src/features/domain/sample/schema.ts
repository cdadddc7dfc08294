import { id, object, text } from '../../../shared/validate.ts';

export interface SampleInput {
  title: string;
  note?: string | null;
  parent?: string | null;
}

export const createSampleInput = object<SampleInput>({
  title: text(1, 200).required(),
  note: text(0, 20_000).allow(null),
  parent: id().allow(null),
});

export const updateSampleInput = object<Partial<SampleInput>>({
  title: text(1, 200),
  note: text(0, 20_000).allow(null),
  parent: id().allow(null),
});

/**
 * Files. Content is streamed to a store while its type is found by how it begins; names never reach the store, and whoever downloads gets
 * an attachment. The rows are those of a model of some feature, which says who may see them; this module knows the columns it needs.
 *
 * The store is a folder (`.data/files`, or `FILES_DIR`), or a bucket that speaks S3; settings say which. Removal is a job: it happens
 * after the transaction, and again until it succeeds.
 */
import path from 'node:path';
import type { Attached, Capability } from '../capability.ts';
import { type Config, ConfigError } from '../config.ts';
import { provide, REMOVE_JOB, removeContent } from './files.ts';
import { S3Store } from './s3.ts';
import { DiskStore, type Store } from './store.ts';

export { fileAction, fileAnswer, fileRowAction } from './actions.ts';
export { append, attach, download, type FileColumns, type FileRow, remove, start, upload } from './files.ts';
export type { Outgoing } from './outgoing.ts';
export type { Incoming } from './receive.ts';

export interface StorageSettings {
  readonly maxBytes: number;
  /** MIME types that are taken. */
  readonly types: readonly string[];
  readonly store: 'disk' | 's3';
  readonly endpoint?: string | null | undefined;
  readonly bucket?: string | null | undefined;
  readonly key?: string | null | undefined;
  readonly secret?: string | null | undefined;
}

/** No file has this key; that the store says so is enough. */
const ASKED = 'readiness-is-asked';

export function storage(settings: StorageSettings): Capability {
  return {
    name: 'storage',
    attach(services): Attached {
      const store = storeOf(settings, services.config);
      provide(services, { store, maxBytes: settings.maxBytes, types: settings.types });
      return {
        takesFiles: true,
        ...(settings.store === 's3' && { probes: [{ name: 'files', required: false, ask: () => store.size(ASKED) }] }),
        jobs: [{ name: REMOVE_JOB, attempts: 20, run: async (job) => removeContent(store, job.payload.key ?? '') }],
      };
    },
  };
}

function storeOf(settings: StorageSettings, config: Config): Store {
  if (settings.store === 'disk') return new DiskStore(path.resolve(config.env.FILES_DIR || path.join(config.dataFolder, 'files')));
  const { endpoint, bucket, key, secret } = settings;
  if (!endpoint || !bucket || !key || !secret) throw new ConfigError('Files are to be kept by S3: its endpoint, bucket, key and secret must be set.');
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) throw new ConfigError('The endpoint of S3 must begin with https:// or http://');
  return new S3Store({ endpoint, bucket, key, secret });
}

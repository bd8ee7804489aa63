import type { StorageConfig } from './config.ts';
import { createDiskStore } from './disk/disk-store.ts';
import type { ObjectStore } from './port.ts';

export type { DiskConfig, S3Config, StorageConfig } from './config.ts';
export { createDiskFiles, type DiskFiles } from './disk/disk-files.ts';

/** The store that the settings name. */
export function createObjectStore(config: StorageConfig): ObjectStore {
  if (config.driver === 'disk') return createDiskStore(config);
  throw new Error('not yet');
}

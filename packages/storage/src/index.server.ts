import type { StorageConfig } from './config.ts';
import { createDiskStore } from './disk/disk-store.ts';
import type { ObjectStore } from './port.ts';
import { createS3Store } from './s3/s3-store.ts';

export type { DiskConfig, S3Config, StorageConfig } from './config.ts';
export { createDiskFiles, type DiskFiles } from './disk/disk-files.ts';
export { type StorageSetup, setupStorage } from './setup-storage.ts';

/** The store that the settings name. Nothing is opened or loaded before it is first used. */
export function createObjectStore(config: StorageConfig): ObjectStore {
  return config.driver === 'disk' ? createDiskStore(config) : createS3Store(config);
}

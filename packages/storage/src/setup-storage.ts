import type { StorageConfig } from './config.ts';
import { createDiskStore } from './disk/disk-store.ts';
import { makeFolder } from './disk/make-folder.ts';
import type { StorageCheck } from './port.ts';
import { reasonOf } from './s3/connect-s3.ts';
import { createS3Store } from './s3/s3-store.ts';
import { setupS3 } from './s3/setup-s3.ts';

export type StorageSetup = {
  /** What is now as it should be, a sentence each. */
  done: string[];
  /** What this service does not offer, and what follows from it. */
  notes: string[];
  /** What `check` still finds afterwards. */
  problems: StorageCheck['problems'];
};

/** Makes storage ready for the apps: a folder, or a bucket with its rules. Safe to run again. */
export async function setupStorage(config: StorageConfig): Promise<StorageSetup> {
  if (config.driver === 'disk') {
    await makeFolder(config.root);
    const { problems } = await createDiskStore(config).check();
    return { done: [`Files lie in ${config.root}.`], notes: [], problems };
  }
  const done: string[] = [];
  const notes: string[] = [];
  const problems: StorageCheck['problems'] = [];
  try {
    for await (const step of setupS3(config)) 'done' in step ? done.push(step.done) : notes.push(step.note);
  } catch (error) {
    problems.push({
      what: `The bucket "${config.bucket}" could not be set up (${reasonOf(error)}).`,
      mend: 'Give the key s3:CreateBucket, s3:PutBucketCORS and s3:PutBucketPolicy for this once, or do it by hand where your service lets you.',
    });
  }
  problems.push(...(await createS3Store(config).check()).problems);
  return { done, notes, problems };
}

import type { FSDriver } from 'flydrive/drivers/fs';
import { keptType } from '../kept-types.ts';
import type { OpenObject } from './disk-folder.ts';

/** The type an object was written with, or, for a file put there by hand, the one its name tells. */
export async function typeOf(drive: FSDriver, key: string, { meta }: OpenObject): Promise<string> {
  if (meta) return keptType(meta.contentType);
  // FlyDrive looks at the file as well, which may be gone by now.
  const guess = await drive.getMetaData(key).catch(() => null);
  return keptType(guess?.contentType);
}

import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const WHY: Record<string, string> = {
  ENOENT: 'no folder can be made there',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'a part of it is a file',
  ENOSPC: 'the disk is full',
};

/** Makes the folder of `DATA_DIR` where there is none. @throws Error with a sentence where it cannot be used. */
export function makeDataFolder(folder: string): void {
  try {
    make(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (problem) {
    const { code = '', message } = problem as NodeJS.ErrnoException;
    throw new Error(`DATA_DIR: ${folder} cannot be used: ${WHY[code] ?? message}. Name a folder that can be written.`);
  }
}

/** Not `recursive`: where a place takes no folders, such as /proc, Node tries for ever. */
function make(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw Object.assign(new Error(), { code: 'ENOTDIR' });
  make(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (problem) {
    // Another start was faster.
    if ((problem as NodeJS.ErrnoException).code !== 'EEXIST') throw problem;
  }
}

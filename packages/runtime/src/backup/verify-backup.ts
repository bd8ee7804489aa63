import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createZstdDecompress } from 'node:zlib';
import { BackupProblem, type Manifest, sha256Of } from './manifest.ts';
import { poolPath, readObjectLines } from './object-pool.ts';
import { linesIn } from './write-file.ts';

/**
 * Reads a backup back: every file is there, is what was written, unpacks, and has the rows it says.
 * @throws BackupProblem naming the first file that is not right.
 */
export async function verifyBackup(folder: string, manifest: Manifest, pool: string): Promise<void> {
  for (const { file, sha256, rows } of manifest.tables) await verifyFile(folder, file, sha256, rows);
  await verifyFile(folder, manifest.objects.file, manifest.objects.sha256, manifest.objects.count);
  if (!manifest.objects.areCopied) return;
  for await (const { key, bytes, sha256 } of readObjectLines(folder, manifest)) {
    const size = sha256 ? await stat(poolPath(pool, sha256)).catch(() => null) : null;
    if (size?.size !== bytes)
      throw new BackupProblem(`The copy of the file ${key} is missing or cut short in ${pool}.`);
  }
}

async function verifyFile(folder: string, file: string, sha256: string, lines: number): Promise<void> {
  const path = join(folder, file);
  const found = await sha256Of(path).catch(() => null);
  if (found !== sha256) {
    throw new BackupProblem(
      `${path} ${found === null ? 'is missing' : 'is damaged: its checksum is not the one it was written with'}. ` +
        'Nothing was changed; use another backup.',
    );
  }
  let seen = 0;
  for await (const chunk of createReadStream(path).pipe(createZstdDecompress())) seen += linesIn(chunk as Buffer);
  if (seen !== lines) throw new BackupProblem(`${path} holds ${seen} rows and should hold ${lines}.`);
}

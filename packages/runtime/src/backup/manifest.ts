import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Goes up when an older version could not read what a newer one writes. */
export const BACKUP_FORMAT = 1;

const file = { file: z.string(), bytes: z.number(), sha256: z.string() };

const ManifestSchema = z.object({
  format: z.literal(BACKUP_FORMAT),
  appVersion: z.string(),
  serverVersion: z.string(),
  /** The newest migration in it, which a restore goes to first. */
  migration: z.object({ when: z.number(), hash: z.string(), count: z.number() }),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  tables: z.array(
    z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()), rows: z.number(), ...file }),
  ),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), last: z.string() })),
  objects: z.object({ count: z.number(), totalBytes: z.number(), areCopied: z.boolean(), ...file }),
  /** True: `secrets.json` of the installation lies beside this file. */
  hasSecrets: z.boolean(),
});

export type Manifest = z.infer<typeof ManifestSchema>;
export type TableFile = Manifest['tables'][number];

/** One line of the list of objects. Without a checksum, its bytes were not copied. */
export const ObjectLineSchema = z.object({
  key: z.string(),
  bytes: z.number(),
  etag: z.string(),
  contentType: z.string(),
  sha256: z.string().nullable(),
});
export type ObjectLine = z.infer<typeof ObjectLineSchema>;

/** Something about a backup that a person must know; its message is the sentence. */
export class BackupProblem extends Error {
  override readonly name = 'BackupProblem';
}

/** @throws BackupProblem where it is missing, damaged, or of a format that this version cannot read. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => {
    throw new BackupProblem(`${folder} is no backup: it has no manifest.json.`);
  });
  const raw = parseJson(text);
  const format = typeof raw === 'object' && raw !== null && 'format' in raw ? raw.format : undefined;
  if (typeof format === 'number' && format !== BACKUP_FORMAT) {
    throw new BackupProblem(
      `${folder} was made in format ${format}, and this version of Remixify reads format ${BACKUP_FORMAT}. ` +
        'Restore it with the version that made it.',
    );
  }
  const parsed = ManifestSchema.safeParse(raw);
  if (!parsed.success) throw new BackupProblem(`The manifest.json in ${folder} is damaged. Take another backup.`);
  return parsed.data;
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

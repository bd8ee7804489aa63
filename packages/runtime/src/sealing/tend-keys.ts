import { createDb } from '@repo/db';
import type { SystemContext } from '@repo/domain/context';
import { checkKeys, keyAgeWarning, readKeyAge } from '@repo/domain/sealing/check-keys';
import { type Resealed, resealColumns, versionsInUse } from '@repo/domain/sealing/reseal-columns';
import { createSealer } from './create-sealer.ts';
import { parseKeyring } from './keyring.ts';

export type Sealing = { problems: string[]; warning: string | null; inUse: number[] };
type Context = Pick<SystemContext, 'db' | 'sealer' | 'actor' | 'now'>;

/** Whether these keys fit this database, and whether the newest is getting old. */
export const checkSealing = (databaseUrl: string, keys: string): Promise<Sealing> =>
  withKeys(databaseUrl, keys, async (ctx) => {
    const problems = await checkKeys(ctx);
    return { problems, warning: keyAgeWarning(await readKeyAge(ctx)), inUse: await versionsInUse(ctx) };
  });

/** Puts everything under the first of these keys. The product may run meanwhile. */
export const sealAnew = (databaseUrl: string, keys: string): Promise<Resealed> =>
  withKeys(databaseUrl, keys, async (ctx) => {
    const problems = await checkKeys(ctx);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return resealColumns(ctx);
  });

async function withKeys<T>(url: string, keys: string, work: (ctx: Context) => Promise<T>): Promise<T> {
  const db = createDb(url, { max: 1, applicationName: 'remixify keys' });
  try {
    const sealer = createSealer(parseKeyring(keys)!);
    return await work({ db, sealer, actor: { kind: 'system', job: 'keys' }, now: () => new Date() });
  } finally {
    await db.close();
  }
}

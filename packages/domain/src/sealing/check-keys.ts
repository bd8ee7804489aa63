import { encryptionKeys, transactAs } from '@repo/db';
import type { SystemContext } from '../context.ts';
import type { Sealer } from './sealer.ts';

type Context = Pick<SystemContext, 'db' | 'sealer' | 'actor' | 'now'>;

const DAY_MS = 86_400_000;
/** After this a new key is due. */
export const KEY_AGE_MAX_DAYS = 90;

const placeOf = (version: number) => ({ table: 'encryption_key', column: 'proof', id: String(version) });
const PROOF = 'This key opens what it sealed.';

/**
 * Sees that the keys at hand are those this database was sealed with, and remembers when each came into use.
 * Answers with sentences for the person who runs this; none means that all is well.
 */
export async function checkKeys(ctx: Context): Promise<string[]> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const known = await tx.select().from(encryptionKeys).orderBy(encryptionKeys.version);
    const problems = known.flatMap(({ version, proof }) => problemWith(ctx.sealer, version, proof));
    if (problems.length > 0) return problems;
    const { newest } = ctx.sealer;
    const proof = ctx.sealer.seal(PROOF, placeOf(newest));
    await tx.insert(encryptionKeys).values({ version: newest, proof, firstUsedAt: ctx.now() }).onConflictDoNothing();
    return [];
  });
}

function problemWith(sealer: Sealer, version: number, proof: string): string[] {
  try {
    return sealer.open(proof, placeOf(version)) === PROOF ? [] : [wrong(version)];
  } catch (error) {
    return [error instanceof Error && error.name === 'KeyMissing' ? missing(version) : wrong(version)];
  }
}

const missing = (version: number) =>
  `ENCRYPTION_KEYS: key ${version} is missing, and this database holds values sealed with it. Nothing is lost: put the key back (without ENCRYPTION_KEYS it stands in secrets.json of DATA_DIR) and start again.`;
const wrong = (version: number) =>
  `ENCRYPTION_KEYS: key ${version} is not the one this database was sealed with. Nothing is lost: put the right key back (without ENCRYPTION_KEYS it stands in secrets.json of DATA_DIR) and start again.`;

/** How many whole days the key that seals now is old, or null before its first start. */
export async function readKeyAge(ctx: Context): Promise<number | null> {
  const rows = await transactAs(ctx.db, ctx.actor, (tx) => tx.select().from(encryptionKeys));
  const newest = rows.find(({ version }) => version === ctx.sealer.newest);
  return newest ? Math.floor((ctx.now().getTime() - newest.firstUsedAt.getTime()) / DAY_MS) : null;
}

/** When this database was first sealed with a key: at its first start. */
export async function readFirstStart(ctx: Context): Promise<Date | null> {
  const [first] = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx.select({ at: encryptionKeys.firstUsedAt }).from(encryptionKeys).orderBy(encryptionKeys.firstUsedAt).limit(1),
  );
  return first?.at ?? null;
}

/** A sentence once the key has been in use for too long, or null. */
export const keyAgeWarning = (days: number | null): string | null =>
  days !== null && days > KEY_AGE_MAX_DAYS
    ? `The encryption key is ${days} days old. Make a new one with: npm run keys:rotate`
    : null;

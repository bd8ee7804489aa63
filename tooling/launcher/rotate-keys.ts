import { migrate } from '@repo/db';
import { checkSealing, sealAnew } from '@repo/runtime/sealing';
import { say, step } from './say.ts';
import { keepSecrets, loadSettings, newKey, writeSecrets } from './settings.ts';
import { withDatabase } from './with-database.ts';

/**
 * `npm run keys:rotate`: makes a new encryption key and puts everything sealed under it. The product may run meanwhile;
 * cut off, it goes on where it was when run again. Old keys stay, since backups are sealed with them.
 */
async function rotate(): Promise<void> {
  const settings = loadSettings();
  const { env } = settings;
  await withDatabase(settings, { besideProduct: true }, async (url) => {
    // An embedded database may be older than this code.
    if (!env.DATABASE_URL) await migrate(url);
    await (env.ENCRYPTION_KEYS ? onConfigured(url, env.ENCRYPTION_KEYS) : onKept(url));
  });

  async function onKept(url: string): Promise<void> {
    const secrets = keepSecrets(env.DATA_DIR);
    const { problems, inUse } = await checkSealing(url, secrets.encryptionKeys);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    let keys = secrets.encryptionKeys;
    // Values under an older key tell of a run that was cut off: that one is finished first.
    if (inUse.every((version) => version === firstOf(keys))) {
      keys = `${newKey(nextAfter(keys))},${keys}`;
      writeSecrets(env.DATA_DIR, { ...secrets, encryptionKeys: keys });
      say(`  Key ${firstOf(keys)} is made and kept in secrets.json of ${env.DATA_DIR}. Keep a copy in a safe place.`);
    }
    await reseal(url, keys);
    say('  A product that runs takes the new key up when it meets it, and at its next start for good.\n');
  }
}

/** The setting is not ours to change: says what to set, and after that puts everything under what was set. */
async function onConfigured(url: string, keys: string): Promise<void> {
  const { problems, inUse } = await checkSealing(url, keys);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  if (inUse.some((version) => version !== firstOf(keys))) {
    await reseal(url, keys);
    return;
  }
  say(`  Everything is sealed with key ${firstOf(keys)}. For a new one:\n`);
  say('  1. Put this entry at the END of ENCRYPTION_KEYS, a comma before it, and restart every process:');
  say(`     ${newKey(nextAfter(keys))}`);
  say('  2. Move it to the front, and restart every process again.');
  say('  3. Run this command once more. It puts everything under the new key. Keep the old ones for your backups.\n');
}

async function reseal(url: string, keys: string): Promise<void> {
  const { moved, shut } = await step('Sealing anew', () => sealAnew(url, keys));
  say(`  Values under key ${firstOf(keys)} now that were not before: ${moved}`);
  if (shut > 0) say(`  Values that no key at hand opens, left as they are: ${shut}`);
}

const versionsOf = (keys: string) => keys.split(',').map((pair) => Number(pair.split(':')[0]));
const firstOf = (keys: string) => versionsOf(keys)[0]!;
const nextAfter = (keys: string) => Math.max(...versionsOf(keys)) + 1;

say();
await rotate().catch((problem: unknown) => {
  say(`\n${problem instanceof Error ? problem.message : problem}\n`);
  process.exitCode = 1;
});

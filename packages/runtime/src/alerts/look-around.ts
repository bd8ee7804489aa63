import { statfs } from 'node:fs/promises';
import type { Surroundings } from '@repo/domain/alerts/look-around';
import { LIMITS } from '@repo/domain/alerts/rules';
import type { SystemContext } from '@repo/domain/context';
import { readFirstStart, readKeyAge } from '@repo/domain/sealing/check-keys';
import { listBackups } from '../backup/backup-folder.ts';

const HOUR_MS = 3_600_000;

/** `backups`: where the daily ones lie; null where none are made. */
export type Places = { folders: readonly string[]; backups: string | null };
type Context = Pick<SystemContext, 'db' | 'sealer' | 'actor' | 'now'>;

/** What the machine of this worker says of itself. A folder that is not there says nothing. */
export async function lookAround({ folders, backups }: Places, ctx: Context): Promise<Surroundings> {
  const disks = await Promise.all(
    folders.map(async (place) => {
      const stats = await statfs(place).catch(() => null);
      return stats && { place, freeBytes: stats.bavail * stats.bsize, totalBytes: stats.blocks * stats.bsize };
    }),
  );
  return {
    disks: disks.filter((disk) => disk !== null),
    backupHours: backups === null ? null : await hoursSinceBackup(backups, ctx),
    keyDays: await readKeyAge(ctx),
  };
}

async function hoursSinceBackup(folder: string, ctx: Context): Promise<Surroundings['backupHours']> {
  const hoursSince = (then: Date) => (ctx.now().getTime() - then.getTime()) / HOUR_MS;
  const newest = (await listBackups(folder)).at(-1);
  if (newest) return hoursSince(newest.startedAt);
  const begun = await readFirstStart(ctx);
  return begun && hoursSince(begun) > LIMITS.backupHours ? 'never' : null;
}

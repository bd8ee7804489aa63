import { statfs } from 'node:fs/promises';
import type { Surroundings } from '@repo/domain/alerts/look-around';
import { listBackups } from '../backup/backup-folder.ts';

const HOUR_MS = 3_600_000;

/** `backups`: where the daily ones lie; null where none are made. */
export type Places = { folders: readonly string[]; backups: string | null };

/** What the machine of this worker says of itself. A folder that is not there says nothing. */
export async function lookAround({ folders, backups }: Places, now = new Date()): Promise<Surroundings> {
  const disks = await Promise.all(
    folders.map(async (place) => {
      const stats = await statfs(place).catch(() => null);
      return stats && { place, freeBytes: stats.bavail * stats.bsize, totalBytes: stats.blocks * stats.bsize };
    }),
  );
  const newest = backups === null ? undefined : (await listBackups(backups)).at(-1);
  return {
    disks: disks.filter((disk) => disk !== null),
    // Before the first one there is nothing that could be too old: its job alarms when it fails.
    backupHours: newest ? (now.getTime() - newest.startedAt.getTime()) / HOUR_MS : null,
    keyDays: null,
  };
}

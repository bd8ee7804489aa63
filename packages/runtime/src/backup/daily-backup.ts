import { handleJob } from '@repo/jobs';
import type { ObjectStore } from '@repo/storage';
import { listBackups, pruneBackups } from './backup-folder.ts';
import { dailyBackupJob } from './daily-backup-job.ts';
import { takeBackup } from './take-backup.ts';

/** The hour of the day (UTC) from which a new backup is due. */
const DUE_HOUR = 3;
const DAY_MS = 24 * 3600 * 1000;

export type BackupRoom = {
  databaseUrl: string;
  store: ObjectStore;
  backups: string;
  /** 0: never. */
  keepDays: number;
  appVersion: string;
  now: () => Date;
  log: (line: string) => void;
};

export const takeDailyBackup = (room: BackupRoom) => handleJob(dailyBackupJob, () => keepDailyBackup(room));

/** Takes the day's backup if there is none yet, and removes those that are too old. */
export async function keepDailyBackup(room: BackupRoom): Promise<void> {
  const { backups, keepDays, store, now, log } = room;
  if (keepDays === 0) return;
  const newest = (await listBackups(backups)).at(-1)?.startedAt;
  if (newest && newest >= lastDue(now())) return;
  // Before, too: an old one may be what keeps a new one from having room.
  await pruneBackups(backups, keepDays, now());
  const { name, manifest } = await takeBackup({ ...room, kind: 'daily', copyObjects: store.driver === 'disk' });
  const removed = await pruneBackups(backups, keepDays, now());
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  log(`backup ${name}: ${rows} rows, ${manifest.objects.count} files; ${removed.length} old ones removed`);
}

function lastDue(now: Date): Date {
  const due = new Date(now);
  due.setUTCHours(DUE_HOUR, 0, 0, 0);
  return due > now ? new Date(due.getTime() - DAY_MS) : due;
}

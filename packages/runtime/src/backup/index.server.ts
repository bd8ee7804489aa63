export { appVersion } from './app-version.ts';
export { findBackup, listBackups, pruneBackups } from './backup-folder.ts';
export { checkBooks } from './check-restored.ts';
export { type BackupRoom, keepDailyBackup, takeDailyBackup } from './daily-backup.ts';
export { BackupProblem, type Manifest, readManifest } from './manifest.ts';
export { type Restored, restoreBackup } from './restore-backup.ts';
export { type Taken, takeBackup } from './take-backup.ts';

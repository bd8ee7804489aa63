import type { Finding } from './rules.ts';
import { LIMITS } from './rules.ts';

/** What only the machine knows, asked by the runtime. */
export type Surroundings = {
  disks: { place: string; freeBytes: number; totalBytes: number }[];
  /** Hours since the last backup; null where none are made, or where it is too early for the first. */
  backupHours: number | 'never' | null;
  /** Age of the newest encryption key; null where there is none. */
  keyDays: number | null;
};

const GB = 1e9;

export function judgeSurroundings({ disks, backupHours, keyDays }: Surroundings): Finding[] {
  const found: Finding[] = disks.flatMap(({ place, freeBytes, totalBytes }) => {
    const share = freeBytes / Math.max(1, totalBytes);
    if (share >= LIMITS.diskFreeShare) return [];
    const severity = share < LIMITS.diskCriticalShare ? 'critical' : 'warning';
    const facts = { place, freeGb: (freeBytes / GB).toFixed(1), percent: (share * 100).toFixed(1) };
    return [{ rule: 'disk', key: `disk:${place}`, severity, facts } as const];
  });
  if (backupHours !== null && (backupHours === 'never' || backupHours > LIMITS.backupHours)) {
    const facts = { hours: backupHours === 'never' ? backupHours : Math.floor(backupHours) };
    found.push({ rule: 'old_backup', key: 'old_backup', severity: 'critical', facts });
  }
  if (keyDays !== null && keyDays > LIMITS.keyDays) {
    found.push({ rule: 'old_keys', key: 'old_keys', severity: 'warning', facts: { days: Math.floor(keyDays) } });
  }
  return found;
}

import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** How long a process has computed, or null where the system does not tell (it does on Linux). */
export function cpuSecondsOf(pid: number): number | null {
  const fields = read(`/proc/${pid}/stat`)?.split(') ')[1]?.split(' ');
  return fields ? (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND : null;
}

/** Memory that a process holds, in megabytes, or null where the system does not tell. */
export function megabytesOf(pid: number): number | null {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  return kilobytes ? Number(kilobytes) / 1024 : null;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

import { randomUUID } from 'node:crypto';
import { type Db, pulses, transactAs } from '@repo/db';
import { log } from '@repo/telemetry';
import type { Answered } from '../http/access-line.ts';

const EVERY_MS = 15_000;
const actor = { kind: 'system', job: 'pulse' } as const;

export type Pulse = { onAnswer(answered: Pick<Answered, 'status'>): void; write(): Promise<void>; stop(): void };

/** Counts what this process answers and how much of it failed, and leaves it where all processes' counts are judged. */
export function keepPulse(db: Db, app: string, everyMs = EVERY_MS): Pulse {
  const processId = randomUUID();
  let requests = 0;
  let failures = 0;
  const write = async () => {
    if (requests === 0) return;
    const counted = { requests, failures };
    requests = 0;
    failures = 0;
    await transactAs(db, actor, (tx) =>
      tx.insert(pulses).values({ ...counted, processId, app, createdAt: new Date() }),
    ).catch((error: unknown) => log.debug('a pulse was not written', { error }));
  };
  const timer = setInterval(write, everyMs);
  timer.unref();
  return {
    onAnswer({ status }) {
      requests += 1;
      if (status >= 500) failures += 1;
    },
    write,
    stop: () => clearInterval(timer),
  };
}

import type { Receipt } from '@repo/domain/credits/schema';
import { durationText } from '#app/parts/page/moment.tsx';
import { wayOf } from './way-of.ts';

export type Happening = {
  at: Date;
  /** `ask`: of the person; `call`: to a provider; `money`: a movement; `end`: nothing more will happen. */
  sort: 'ask' | 'call' | 'money' | 'end';
  text: string;
  detail: string | null;
  isTrouble: boolean;
};

const STEPS: Record<string, (model: string) => string> = {
  start: (model) => `Sent to ${model}`,
  poll: (model) => `Asked ${model} whether it is ready`,
  reconcile: (model) => `Asked ${model} what became of it`,
};

const OUTCOMES: Record<string, string> = {
  done: 'the result came',
  pending: 'still at work',
  found: 'its result lay in our store already',
  lost: 'no answer ever came back',
  not_taken: 'it was never taken',
  unknown: 'no answer that helps',
  refused: 'it refused',
  invalid: 'it could not work with this',
  rate_limited: 'it was busy',
  unavailable: 'it could not be reached',
  timed_out: 'it took too long',
  misconfigured: 'it is not set up properly here',
  empty: 'nothing came that can be shown',
  internal: 'something broke on our side',
  cancelled: 'stopped, because you cancelled',
  lost_claim: 'another worker went on with it',
  worker_stopping: 'stopped, to go on a moment later',
};
const FINE = new Set([
  'done',
  'found',
  'pending',
  'cancelled',
  'lost_claim',
  'worker_stopping',
  'not_taken',
  'unknown',
]);

const ENDS: Record<string, string> = {
  done: 'Done',
  failed: 'It ended without a result',
  cancelled: 'Cancelled',
};

/** What happened, in order: presses, calls to providers, movements of credits. Equal looks in a row are one line. */
export function tellHistory(receipt: Receipt, payer: string): Happening[] {
  const { createdAt, finishedAt, status, calls, entries, quoted } = receipt;
  const happenings: Happening[] = [
    { at: createdAt, sort: 'ask', text: 'Asked for', detail: `quoted ${quoted}`, isTrouble: false },
    ...tellCalls(calls),
    ...entries.map(({ at, kind, amount, memo }) => ({
      at,
      sort: 'money' as const,
      text: memo,
      detail: `${Math.abs(amount)}, ${wayOf(kind, payer)}`,
      isTrouble: false,
    })),
    ...(finishedAt && ENDS[status]
      ? [{ at: finishedAt, sort: 'end' as const, text: ENDS[status], detail: null, isTrouble: status === 'failed' }]
      : []),
  ];
  // Of one moment: the press, then its money; a call, then what it moved; the end last.
  const rank = { ask: 0, call: 1, money: 2, end: 3 };
  return happenings.sort((a, b) => a.at.getTime() - b.at.getTime() || rank[a.sort] - rank[b.sort]);
}

function tellCalls(calls: Receipt['calls']): Happening[] {
  const lines: (Happening & { key: string; times: number; seconds: number })[] = [];
  for (const { at, step, model, outcome, seconds } of calls) {
    const key = `${step} ${model} ${outcome}`;
    const last = lines.at(-1);
    const isSame = step === 'poll' && last?.key === key;
    const times = isSame ? last.times + 1 : 1;
    const total = isSame ? last.seconds + seconds : seconds;
    const each = times > 1 ? `${times} times, ${durationText(total / times)} each` : durationText(seconds);
    const line = {
      key,
      times,
      seconds: total,
      at: isSame ? last.at : at,
      sort: 'call' as const,
      text: `${STEPS[step]?.(model) ?? `${step}: ${model}`}: ${OUTCOMES[outcome] ?? outcome}`,
      detail: each,
      isTrouble: !FINE.has(outcome),
    };
    if (isSame) lines[lines.length - 1] = line;
    else lines.push(line);
  }
  return lines.map(({ key: _, times: __, seconds: ___, ...happening }) => happening);
}

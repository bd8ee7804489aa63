import { Link } from '@remix-run/react';
import type { StaffReceipt } from '@repo/domain/operations/schema';
import { Card } from '@repo/ui';
import type { ReactNode } from 'react';
import { durationText } from '#app/parts/page/moment.tsx';
import { subjectAddress } from '#app/parts/staff/subject-address.ts';

const LINK = 'font-medium underline decoration-control/60 underline-offset-4 hover:decoration-current';

/** Whose it is, what did it and why. What was asked for stays with whoever asked. */
export function ReceiptFacts({ receipt }: { receipt: StaffReceipt }) {
  const { owner, payer, modelLabel, choice, tried, attempts, seconds, operation, seed, reusedFrom } = receipt;
  const facts: [term: string, detail: ReactNode][] = [
    [
      'Asked by',
      <Link key="owner" to={subjectAddress('credits', 'user', owner.id)} className={LINK}>
        {owner.name}
      </Link>,
    ],
    [
      'Paid by',
      <Link key="payer" to={subjectAddress('credits', payer.kind, payer.id)} className={LINK}>
        {payer.name}
      </Link>,
    ],
    ['Model', modelLabel],
    ...(choice ? [['Told why', `“${choice}”`] satisfies [string, string]] : []),
    ...(tried.length > 0
      ? [
          ['Tried before', tried.map(({ modelLabel: label, reason }) => `${label}: ${reason}`).join(' ')] satisfies [
            string,
            string,
          ],
        ]
      : []),
    ...(reusedFrom
      ? [
          [
            'Answer of',
            <Link key="reused" to={`/receipts/${reusedFrom}`} className={LINK}>
              an earlier, equal request
            </Link>,
          ] satisfies [string, ReactNode],
        ]
      : []),
    [
      'Took',
      seconds === null
        ? 'Not finished'
        : `${durationText(seconds)}, ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`,
    ],
    ...(operation ? [['At the provider', operation] satisfies [string, string]] : []),
    ['Seed', String(seed)],
  ];
  return (
    <Card>
      <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[8rem_1fr]">
        {facts.map(([term, detail]) => (
          <div key={term} className="grid gap-0.5 sm:contents">
            <dt className="text-muted">{term}</dt>
            <dd className="[overflow-wrap:anywhere]">{detail}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 border-t border-line pt-3 text-[13px] text-muted">
        What was asked for and what was made stay with whoever asked: ask them if you need to know.
      </p>
    </Card>
  );
}

import { Form } from '@remix-run/react';
import type { DeliveryView } from '@repo/domain/webhooks/schema';
import { Badge, type BadgeProps, Button } from '@repo/ui';
import { Moment } from '#app/parts/page/moment.tsx';

const STATES: Record<DeliveryView['state'], { word: string; tone: BadgeProps['tone'] }> = {
  waiting: { word: 'Waiting', tone: 'neutral' },
  delivered: { word: 'Delivered', tone: 'success' },
  failed: { word: 'Failed', tone: 'danger' },
  dropped: { word: 'Not sent', tone: 'warning' },
};

/** What was sent, newest first, each with its tries. */
export function DeliveryLog({ deliveries, canReplay }: { deliveries: readonly DeliveryView[]; canReplay: boolean }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {deliveries.map((delivery) => (
        <DeliveryItem key={delivery.id} of={delivery} canReplay={canReplay} />
      ))}
    </ul>
  );
}

function DeliveryItem({ of: delivery, canReplay }: { of: DeliveryView; canReplay: boolean }) {
  const { word, tone } = STATES[delivery.state];
  const { attempts } = delivery;
  return (
    <li className="grid min-w-0 gap-2 py-4 text-[13px]">
      <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
        {delivery.type}
        <Badge tone={tone}>{word}</Badge>
      </p>
      <p className="text-muted">
        <Moment at={delivery.happenedAt} />
        {delivery.dueAt && (
          <>
            {' · '}Sent next <Moment at={delivery.dueAt} />
          </>
        )}
      </p>
      {delivery.problem && <p className="break-words">{delivery.problem}</p>}
      {attempts.length > 0 && (
        <details>
          <summary className="w-fit cursor-pointer py-1 text-muted">
            {attempts.length === 1 ? '1 try' : `${attempts.length} tries`}
          </summary>
          <ol className="grid gap-3 pt-2">
            {attempts.map(({ at, status, tookMs, problem, snippet }) => (
              <li key={at.toISOString()} className="grid min-w-0 gap-1">
                <p>
                  <Moment at={at} /> · {status ? `Status ${status}` : (problem ?? 'No answer')} · {tookMs} ms
                </p>
                {snippet && (
                  <pre className="max-h-48 overflow-y-auto rounded-lg bg-sunken p-3 text-xs break-words whitespace-pre-wrap">
                    {snippet}
                  </pre>
                )}
              </li>
            ))}
          </ol>
        </details>
      )}
      {canReplay && delivery.state !== 'waiting' && (
        <Form method="post">
          <input type="hidden" name="deliveryId" value={delivery.id} />
          <Button type="submit" name="intent" value="replay" size="sm">
            Send again<span className="sr-only"> {delivery.type}</span>
          </Button>
        </Form>
      )}
    </li>
  );
}

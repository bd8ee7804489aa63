import { randomUUID } from 'node:crypto';
import { redirect } from '@remix-run/node';
import { type apiFor, submit } from '@repo/runtime';
import { doneAt } from '#app/parts/page/done-notice.tsx';
import { RefundForm, type RefundReview } from './refund-form.ts';

type Refunding = { api: Awaited<ReturnType<typeof apiFor>>; generationId: string };

/** Shows a refund once more, or does it and leads back to the receipt. */
export const refund = (request: Request, { api, generationId }: Refunding) =>
  submit(request, RefundForm, async ({ intent, reason, idempotencyKey }) => {
    if (intent === 'refund') {
      await api.credits.refund({ generationId, reason, idempotencyKey: idempotencyKey ?? '' });
      return redirect(doneAt(`/receipts/${generationId}`, 'refunded'));
    }
    const review: RefundReview = { reason, idempotencyKey: randomUUID() };
    return { review };
  });

import { randomUUID } from 'node:crypto';
import { data, redirect } from '@remix-run/node';
import { creditsText } from '@repo/domain/credits/rules';
import type { Subject } from '@repo/domain/credits/schema';
import { type apiFor, type Rejection, submit } from '@repo/runtime';
import { doneAt } from '#app/parts/page/done-notice.tsx';
import { AdjustForm, type AdjustReview } from './adjust-form.ts';

type Adjusting = { api: Awaited<ReturnType<typeof apiFor>>; to: Subject; page: string };

/** Shows what an adjustment would come to, or does it and leads back to the account. */
export const adjust = (request: Request, { api, to, page }: Adjusting) =>
  submit(request, AdjustForm, async (form) => {
    const { way, amount, reason, intent } = form;
    const change = way === 'give' ? amount : -amount;
    if (intent === 'adjust') {
      await api.credits.adjust({ to, amount: change, reason, idempotencyKey: form.idempotencyKey ?? '' });
      return redirect(doneAt(page, 'adjusted'));
    }
    const { balance, subject } = await api.operations.account({ of: to, limit: 1 });
    if (balance + change < 0) {
      const sentence = `${subject.name} has ${creditsText(balance)}: ${creditsText(amount)} cannot be taken.`;
      return notOnField('amount', sentence, { way, amount: String(amount), reason });
    }
    const review: AdjustReview = { way, amount, reason, balance, idempotencyKey: randomUUID() };
    return { review };
  });

function notOnField(field: string, sentence: string, values: Rejection['values']) {
  const rejection: Rejection = { message: null, fields: { [field]: [sentence] }, values, signIn: null, status: 400 };
  return data(rejection, { status: 400 });
}

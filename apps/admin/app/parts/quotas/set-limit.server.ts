import { redirect } from '@remix-run/node';
import type { Subject } from '@repo/domain/credits/schema';
import { type apiFor, submit } from '@repo/runtime';
import { doneAt } from '#app/parts/page/done-notice.tsx';
import { QuotaForm } from './quota-form.ts';

/** Takes the form of a limit, and leads back to its page. */
export const setLimit = (
  request: Request,
  api: Awaited<ReturnType<typeof apiFor>>,
  { of, page }: { of: Subject; page: string },
) =>
  submit(request, QuotaForm, async (form) => {
    await api.quotas.set({ of, metric: form.metric, limit: form.intent === 'set' ? form.limit : null });
    return redirect(doneAt(page, form.intent === 'set' ? 'limit-set' : 'limit-cleared'));
  });

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { apiFor, paramsOf } from '@repo/runtime';
import { Badge, Breadcrumbs, Container, CopyButton, PageHeader } from '@repo/ui';
import { z } from 'zod';
import { DoneNotice } from '#app/parts/page/done-notice.tsx';
import { kindText, statusWords } from '#app/parts/page/kind-words.ts';
import { CallsTable } from '#app/parts/receipts/calls-table.tsx';
import { ReceiptFacts } from '#app/parts/receipts/receipt-facts.tsx';
import { ReceiptEntries, ReceiptSlip } from '#app/parts/receipts/receipt-slip.tsx';
import { refund } from '#app/parts/receipts/refund.server.ts';
import { RefundPanel } from '#app/parts/receipts/refund-panel.tsx';
import { requireStaff } from '#app/parts/staff/require-staff.server.ts';

const Params = z.object({ id: z.uuid() });

export const meta: MetaFunction = () => [{ title: 'Receipt · Remixify' }, { name: 'robots', content: 'noindex' }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { id } = paramsOf(Params, params);
  await requireStaff(request);
  return (await apiFor(request)).operations.receipt({ id });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { id } = paramsOf(Params, params);
  await requireStaff(request);
  return refund(request, { api: await apiFor(request), generationId: id });
}

export default function ReceiptPage() {
  const receipt = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const review = answer && 'review' in answer ? answer.review : null;
  const rejection = answer && !('review' in answer) ? answer : null;
  const { text, tone } = statusWords(receipt.status);
  return (
    <Container className="pb-10">
      <PageHeader
        above={
          <Breadcrumbs
            items={[
              { key: 'all', node: <Link to="/credits">Credits</Link> },
              { key: 'this', node: 'Receipt' },
            ]}
            className="mb-2"
          />
        }
        title={kindText(receipt.kind)}
        description={
          <span className="flex flex-wrap items-center gap-2 text-sm">
            <Badge tone={tone}>{text}</Badge>
            <code className="font-mono text-xs [overflow-wrap:anywhere]">{receipt.generationId}</code>
          </span>
        }
        actions={<CopyButton value={receipt.generationId} label="Copy the number" />}
        className="pb-6"
      />
      <div className="grid grid-cols-1 gap-6">
        <DoneNotice />
        <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[22rem_minmax(0,1fr)]">
          <div className="grid grid-cols-1 gap-6">
            <section aria-labelledby="slip">
              <h2 id="slip" className="sr-only">
                What it came to
              </h2>
              <ReceiptSlip receipt={receipt} />
            </section>
            <RefundPanel receipt={receipt} rejection={rejection} review={review} />
          </div>
          <div className="grid grid-cols-1 gap-8">
            <ReceiptFacts receipt={receipt} />
            <section aria-labelledby="entries" className="grid grid-cols-1 gap-3">
              <h2 id="entries" className="text-lg font-semibold">
                Movements
              </h2>
              <ReceiptEntries entries={receipt.entries} />
            </section>
            <section aria-labelledby="calls" className="grid grid-cols-1 gap-3">
              <h2 id="calls" className="text-lg font-semibold">
                Calls to providers
              </h2>
              <CallsTable calls={receipt.calls} />
            </section>
          </div>
        </div>
      </div>
    </Container>
  );
}

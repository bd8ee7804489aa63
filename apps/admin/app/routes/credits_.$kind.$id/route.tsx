import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { apiFor, paramsOf } from '@repo/runtime';
import { Container } from '@repo/ui';
import { AccountView } from '#app/parts/credits/account-view.tsx';
import { adjust } from '#app/parts/credits/adjust.server.ts';
import { AdjustPanel } from '#app/parts/credits/adjust-panel.tsx';
import { readCreditsSearch } from '#app/parts/credits/credits-search.ts';
import { DoneNotice } from '#app/parts/page/done-notice.tsx';
import { requireStaff } from '#app/parts/staff/require-staff.server.ts';
import { SubjectHeader } from '#app/parts/staff/subject-header.tsx';
import { SubjectParams, subjectOf } from '#app/parts/staff/subject-params.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Credits of ${data?.report.subject.name ?? 'somebody'} · Remixify` },
  { name: 'robots', content: 'noindex' },
];

const pageOf = ({ kind, id }: SubjectParams): string => `/credits/${kind}/${id}`;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const who = paramsOf(SubjectParams, params);
  await requireStaff(request);
  const search = readCreditsSearch(request.url);
  const asked = { of: subjectOf(who), ...search.filter, cursor: search.after, limit: 40 };
  return { page: pageOf(who), search, report: await (await apiFor(request)).operations.account(asked) };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const who = paramsOf(SubjectParams, params);
  await requireStaff(request);
  return adjust(request, { api: await apiFor(request), to: subjectOf(who), page: pageOf(who) });
}

export default function CreditsOfPage() {
  const { page, search, report } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const review = answer && 'review' in answer ? answer.review : null;
  const rejection = answer && !('review' in answer) ? answer : null;
  return (
    <Container>
      <SubjectHeader page="credits" subject={report.subject} />
      <div className="grid grid-cols-1 gap-6">
        <DoneNotice />
        <AccountView
          page={page}
          search={search}
          balance={report.balance}
          statement={report.statement}
          movements={report.movements}
          receiptAddress={(id) => `/receipts/${id}`}
          aside={<AdjustPanel name={report.subject.name} page={page} rejection={rejection} review={review} />}
        />
      </div>
    </Container>
  );
}

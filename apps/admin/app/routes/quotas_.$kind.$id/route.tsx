import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { apiFor, paramsOf } from '@repo/runtime';
import { Container } from '@repo/ui';
import { QuotaBoard } from '#app/parts/quotas/quota-board.tsx';
import { setLimit } from '#app/parts/quotas/set-limit.server.ts';
import { requireStaff } from '#app/parts/staff/require-staff.server.ts';
import { SubjectHeader } from '#app/parts/staff/subject-header.tsx';
import { SubjectParams, subjectOf } from '#app/parts/staff/subject-params.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Quotas of ${data?.subject.name ?? 'somebody'} · Remixify` },
  { name: 'robots', content: 'noindex' },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const who = paramsOf(SubjectParams, params);
  await requireStaff(request);
  const report = await (await apiFor(request)).quotas.of({ of: subjectOf(who) });
  return { report, subject: { ...report.subject, id: who.id } };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const who = paramsOf(SubjectParams, params);
  await requireStaff(request);
  return setLimit(request, await apiFor(request), { of: subjectOf(who), page: `/quotas/${who.kind}/${who.id}` });
}

export default function QuotasOfPage() {
  const { report, subject } = useLoaderData<typeof loader>();
  return (
    <Container>
      <SubjectHeader page="quotas" subject={subject} />
      <QuotaBoard report={report} rejection={useActionData<typeof action>() ?? null} whoMay="" />
    </Container>
  );
}

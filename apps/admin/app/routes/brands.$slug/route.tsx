import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useRouteLoaderData } from '@remix-run/react';
import { apiFor, type PageSession, paramsOf } from '@repo/runtime';
import { Badge, Container, PageHeader } from '@repo/ui';
import { z } from 'zod';
import { BrandReport } from '#app/parts/report/brand-report.tsx';
import { BrandSwitcher } from '#app/parts/report/brand-switcher.tsx';
import { PeriodLinks } from '#app/parts/report/period-links.tsx';
import { periodOf } from '#app/parts/report/periods.ts';
import { requireMember } from '#app/parts/report/require-member.server.ts';

const Params = z.object({ slug: z.string().min(1).max(100) });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.report.brand.name ?? 'Brand'} · Remixify for brands` },
  { name: 'robots', content: 'noindex' },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { slug } = paramsOf(Params, params);
  await requireMember(request);
  const api = await apiFor(request);
  const brands = await api.brands.mine();
  const brand = brands.find((one) => one.slug === slug);
  // The same for a brand of others and for none at all.
  if (!brand) throw new Response('There is no such brand among yours.', { status: 404 });
  const period = periodOf(request.url);
  return { brands, period, report: await api.brands.report({ brandId: brand.id, days: period }) };
}

export default function BrandPage() {
  const { brands, period, report } = useLoaderData<typeof loader>();
  const session = useRouteLoaderData<PageSession>('root');
  const { name, slug, role } = report.brand;
  return (
    <Container>
      <BrandSwitcher brands={brands} current={slug} period={period} />
      <PageHeader
        title={name}
        description={
          <>
            What came of its ads. <Badge tone="outline">You are {ROLES[role]}</Badge>
          </>
        }
        actions={<PeriodLinks current={period} />}
      />
      <BrandReport report={report} appUrl={session?.appUrl ?? ''} />
    </Container>
  );
}

const ROLES = { owner: 'its owner', admin: 'an admin', editor: 'an editor', analyst: 'an analyst' } as const;

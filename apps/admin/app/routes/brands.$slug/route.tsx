import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useRouteLoaderData } from '@remix-run/react';
import type { PageSession } from '@repo/runtime';
import { Container } from '@repo/ui';
import { BrandHeader } from '#app/parts/brand/brand-header.tsx';
import { loadBrand } from '#app/parts/brand/load-brand.server.ts';
import { BrandReport } from '#app/parts/report/brand-report.tsx';
import { PeriodLinks } from '#app/parts/report/period-links.tsx';
import { periodOf } from '#app/parts/report/periods.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.report.brand.name ?? 'Brand'} · Remixify for brands` },
  { name: 'robots', content: 'noindex' },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { api, brands, brand } = await loadBrand(request, params);
  const period = periodOf(request.url);
  return { brands, period, report: await api.brands.report({ brandId: brand.id, days: period }) };
}

export default function BrandPage() {
  const { brands, period, report } = useLoaderData<typeof loader>();
  const session = useRouteLoaderData<PageSession>('root');
  return (
    <Container>
      <BrandHeader
        brands={brands}
        brand={report.brand}
        page=""
        period={period}
        description="What came of its ads."
        actions={<PeriodLinks current={period} />}
      />
      <BrandReport report={report} appUrl={session?.appUrl ?? ''} />
    </Container>
  );
}

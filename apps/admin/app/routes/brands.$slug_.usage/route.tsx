import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Container } from '@repo/ui';
import { BrandHeader } from '#app/parts/brand/brand-header.tsx';
import { loadBrand } from '#app/parts/brand/load-brand.server.ts';
import { loadUsage } from '#app/parts/usage/load-usage.server.ts';
import { BRAND_USAGE } from '#app/parts/usage/usage-rules.ts';
import { UsageView } from '#app/parts/usage/usage-view.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Usage of ${data?.brand.name ?? 'a brand'} · Remixify for brands` },
  { name: 'robots', content: 'noindex' },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { api, brands, brand } = await loadBrand(request, params);
  return { brands, brand, usage: await loadUsage(api, request.url, { rules: BRAND_USAGE, brandId: brand.id }) };
}

export default function BrandUsagePage() {
  const { brands, brand, usage } = useLoaderData<typeof loader>();
  return (
    <Container>
      <BrandHeader
        brands={brands}
        brand={brand}
        page="/usage"
        description="What it asked of models, and what it paid for that."
      />
      <UsageView
        page={`/brands/${brand.slug}/usage`}
        rules={BRAND_USAGE}
        isForStaff={false}
        search={usage.search}
        days={usage.days}
        list={usage.list}
      />
    </Container>
  );
}

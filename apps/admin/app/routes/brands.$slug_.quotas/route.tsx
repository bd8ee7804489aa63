import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { Container } from '@repo/ui';
import { BrandHeader } from '#app/parts/brand/brand-header.tsx';
import { loadBrand } from '#app/parts/brand/load-brand.server.ts';
import { QuotaBoard } from '#app/parts/quotas/quota-board.tsx';
import { setLimit } from '#app/parts/quotas/set-limit.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Quotas of ${data?.brand.name ?? 'a brand'} · Remixify for brands` },
  { name: 'robots', content: 'noindex' },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { api, brands, brand } = await loadBrand(request, params);
  const { brand: report } = await api.quotas.mine({ brandId: brand.id });
  return { brands, brand, report: report! };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { api, brand } = await loadBrand(request, params);
  return setLimit(request, api, { of: { brandId: brand.id }, page: `/brands/${brand.slug}/quotas` });
}

export default function BrandQuotasPage() {
  const { brands, brand, report } = useLoaderData<typeof loader>();
  return (
    <Container>
      <BrandHeader
        brands={brands}
        brand={brand}
        page="/quotas"
        description="How much it may use in a month, whoever of its team asks."
      />
      <QuotaBoard
        report={report}
        rejection={useActionData<typeof action>() ?? null}
        whoMay={`Only the owners of ${brand.name} and the staff of Remixify may set limits.`}
      />
    </Container>
  );
}

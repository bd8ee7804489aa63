import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useRouteLoaderData } from '@remix-run/react';
import type { PageSession } from '@repo/runtime';
import { Button, Container } from '@repo/ui';
import { Download } from 'lucide-react';
import { BrandHeader } from '#app/parts/brand/brand-header.tsx';
import { loadBrand } from '#app/parts/brand/load-brand.server.ts';
import { AccountView } from '#app/parts/credits/account-view.tsx';
import { creditsAddress, readCreditsSearch } from '#app/parts/credits/credits-search.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Credits of ${data?.brand.name ?? 'a brand'} · Remixify for brands` },
  { name: 'robots', content: 'noindex' },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { api, brands, brand } = await loadBrand(request, params);
  const search = readCreditsSearch(request.url);
  const { kinds, ...days } = search.filter;
  const account = brand.id;
  const [statement, now, movements] = await Promise.all([
    api.credits.statement({ account, ...days }),
    api.credits.statement({ account }),
    api.credits.movements({ account, kinds, ...days, cursor: search.after, limit: 40 }),
  ]);
  return { brands, brand, search, balance: now.closing, statement, movements };
}

export default function BrandCreditsPage() {
  const { brands, brand, search, balance, statement, movements } = useLoaderData<typeof loader>();
  const session = useRouteLoaderData<PageSession>('root');
  const page = `/brands/${brand.slug}/credits`;
  return (
    <Container>
      <BrandHeader
        brands={brands}
        brand={brand}
        page="/credits"
        description="Every movement, what it was for, and what was left after it."
      />
      <AccountView
        page={page}
        search={search}
        balance={balance}
        statement={statement}
        movements={movements}
        receiptAddress={(id) => `${session?.appUrl ?? ''}/receipts/${id}`}
        actions={
          movements.items.length > 0 && (
            <Button variant="outline" size="sm" asChild>
              {/* Not a page: the browser itself must fetch it. */}
              <a href={creditsAddress(`${page}.csv`, { ...search, after: null })} download>
                <Download aria-hidden />
                Download as CSV
              </a>
            </Button>
          )
        }
      />
    </Container>
  );
}

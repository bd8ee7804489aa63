import type { LoaderFunctionArgs } from '@remix-run/node';
import { streamFile } from '@repo/runtime';
import { loadBrand } from '#app/parts/brand/load-brand.server.ts';
import { readCreditsSearch } from '#app/parts/credits/credits-search.ts';

/** The movements that the page of a brand's credits shows, all of them, as a file. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { api, brand } = await loadBrand(request, params);
  const { filter, errors } = readCreditsSearch(request.url);
  const problem = errors.from ?? errors.to;
  if (problem) throw new Response(problem, { status: 400 });
  async function* pieces() {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const piece = await api.credits.export({ account: brand.id, ...filter, cursor });
      yield piece.text;
      cursor = piece.nextCursor;
    }
  }
  const span = [filter.from && `from-${filter.from}`, filter.to && `until-${filter.to}`].filter(Boolean);
  const fileName = `${['remixify-credits', brand.slug, ...span].join('-')}.csv`;
  return streamFile(pieces(), { fileName, type: 'text/csv; charset=utf-8' });
}

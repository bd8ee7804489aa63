import type { LoaderFunctionArgs } from '@remix-run/node';
import { slugOf } from '@repo/domain/brands/rules';
import { apiFor, streamFile } from '@repo/runtime';
import { readCreditsSearch } from '#app/parts/credits/credits-search.ts';

/** The movements that the page of credits shows, all of them, as a file. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { account, filter, errors } = readCreditsSearch(request.url);
  const problem = errors.from ?? errors.to;
  if (problem) throw new Response(problem, { status: 400 });
  const caller = await apiFor(request);
  const { account: owner } = await caller.credits.statement({ account });
  async function* pieces() {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const piece = await caller.credits.export({ ...filter, cursor });
      yield piece.text;
      cursor = piece.nextCursor;
    }
  }
  const parts = ['remixify-credits', owner.kind === 'brand' ? slugOf(owner.name) : '', spanOf(filter)];
  return streamFile(pieces(), { fileName: `${parts.filter(Boolean).join('-')}.csv`, type: 'text/csv; charset=utf-8' });
}

const today = (): string => new Date().toISOString().slice(0, 10);

const spanOf = ({ from, to }: { from?: string | undefined; to?: string | undefined }): string =>
  from ? `${from}-to-${to ?? today()}` : `until-${to ?? today()}`;

import { createServer } from 'node:http';
import { type FeedRow, feedSql } from '@repo/domain/feed/feed-sql';
import postgres from 'postgres';

/**
 * The floor of the feed: the very statement that the product sends, prepared, as the owner of the tables, without row
 * security, a transaction, a schema, a session or a framework. `/mine` asks what somebody signed in is told besides.
 */
const CARDS = 24;
const sql = postgres(process.env['DATABASE_URL']!, { max: 10, onnotice: () => {} });

const SHAPE = { tab: 'all', hasCursor: false } as const;
const TEXT = feedSql({ ...SHAPE, isVisitor: true });
const TEXT_OF_MINE = feedSql({ ...SHAPE, isVisitor: false });

const urlsOf = (id: string | null) => ({
  '480': `/files/public/${id}/480`,
  '1600': `/files/public/${id}/1600`,
  full: `/files/public/${id}/full`,
});

async function readFeed(text: string): Promise<unknown> {
  const rows = await sql.unsafe<FeedRow[]>(text, [CARDS + 1], { prepare: true });
  const items = rows.slice(0, CARDS).map((row) => ({ ...row, urls: urlsOf(row.asset_id) }));
  return { items, nextCursor: items.at(-1)?.at ?? null };
}

const server = createServer((request, response) => {
  readFeed(request.url === '/mine' ? TEXT_OF_MINE : TEXT).then(
    (feed) => response.setHeader('content-type', 'application/json').end(JSON.stringify(feed)),
    (problem: unknown) => {
      response.statusCode = 500;
      response.end(String(problem));
    },
  );
});
server.listen(Number(process.env['PORT']), '127.0.0.1');

for (const end of ['SIGTERM', 'disconnect'] as const) process.once(end, () => process.exit(0));

import { createServer, type IncomingMessage } from 'node:http';
import postgres from 'postgres';

/** The floor of reading and writing one row: the same rows, as the owner, without a session, a schema or a framework. */
const sql = postgres(process.env['DATABASE_URL']!, { max: 10, onnotice: () => {} });
const reporters = await sql<{ id: string }[]>`
  select id from "user" where email like 'creator-%@bench.invalid' order by email`;

async function answer(request: IncomingMessage): Promise<unknown> {
  const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
  if (pathname === '/ad') {
    return sql`
      select ad.id, ad.title, ad.location, ad.status, ad.remix_count, ad.created_at, brand.id as brand_id,
        brand.name as brand_name, brand.slug, brand.accent_color, profile.user_id, profile.name as author,
        profile.is_guest, asset.id as picture, asset.width, asset.height, asset.thumbhash, asset.dominant_color
      from ad join brand on brand.id = ad.brand_id join profile on profile.user_id = ad.author_id
        join asset on asset.id = ad.asset_id where ad.id = ${searchParams.get('id')}`;
  }
  if (pathname === '/report') {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { adId, reason, turn } = JSON.parse(String(Buffer.concat(parts))) as {
      adId: string;
      reason: string;
      turn: number;
    };
    const reporter = reporters[turn];
    return sql.begin(async (tx) => {
      const [report] = await tx`
        insert into report (reporter_id, ad_id, reason) values (${reporter!.id}, ${adId}, ${reason}) returning id`;
      await tx`
        insert into event (actor_id, actor_kind, noun, noun_id, verb)
        values (${reporter!.id}, 'user', 'report', ${report!['id']}, 'made')`;
      return {};
    });
  }
  return {};
}

const server = createServer((request, response) => {
  answer(request).then(
    (found) => response.setHeader('content-type', 'application/json').end(JSON.stringify(found)),
    (problem: unknown) => {
      response.statusCode = 500;
      response.end(String(problem));
    },
  );
});
server.listen(Number(process.env['PORT']), '127.0.0.1');

for (const end of ['SIGTERM', 'disconnect'] as const) process.once(end, () => process.exit(0));

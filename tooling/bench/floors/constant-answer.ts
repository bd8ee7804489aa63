import { createServer } from 'node:http';

/** The floor of an answer that is known: as many bytes as a page of the feed has, and nothing to do for them. */
const bytes = Buffer.from(JSON.stringify({ items: 'x'.repeat(18_000) }));

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes);
});
server.listen(Number(process.env['PORT']), '127.0.0.1');

for (const end of ['SIGTERM', 'disconnect'] as const) process.once(end, () => process.exit(0));

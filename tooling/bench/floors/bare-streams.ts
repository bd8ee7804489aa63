import { createServer, type ServerResponse } from 'node:http';

/** The floor of telling many: the bytes are at hand, and nobody is asked who may have them. */
const open = new Set<ServerResponse>();

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
  if (pathname === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': connected\n\n');
    open.add(response);
    response.once('close', () => open.delete(response));
    return;
  }
  response.end();
  const mark = searchParams.get('mark');
  if (!mark) return;
  const bytes = Buffer.from(`event: ad.published\ndata: ${JSON.stringify({ nounId: mark })}\n\n`);
  for (const stream of open) stream.write(bytes);
});
server.listen(Number(process.env['PORT']), '127.0.0.1');

for (const end of ['SIGTERM', 'disconnect'] as const) process.once(end, () => process.exit(0));

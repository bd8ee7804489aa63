import { createServer } from 'node:http';
import { createRequestHandler, writeReadableStreamToWritable } from '@remix-run/node';
import { build } from './build.ts';

const handle = createRequestHandler(build, 'production');
const port = Number(process.env['PORT']);

const server = createServer(async (request, response) => {
  const answer = await handle(new Request(`http://127.0.0.1:${port}${request.url}`));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body) await writeReadableStreamToWritable(answer.body, response);
  else response.end();
});
server.listen(port, '127.0.0.1');

for (const end of ['SIGTERM', 'disconnect'] as const) process.once(end, () => process.exit(0));

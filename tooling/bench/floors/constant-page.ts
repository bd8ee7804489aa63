import { createServer } from 'node:http';
import { createRequestHandler, type ServerBuild, writeReadableStreamToWritable } from '@remix-run/node';

/**
 * The floor of a page: the product's own build behind a bare server, each loader asked once per address and from then
 * on constant. What is left is what React and Remix take for this very page.
 */
const built = new URL('../../../apps/web/build/server/index.js', import.meta.url).href;
const build = (await import(built)) as ServerBuild;
const known = new Map<string, unknown>();

type Routes = ServerBuild['routes'];
const routes = Object.fromEntries(
  Object.entries(build.routes).map(([id, route]) => {
    const { loader } = route!.module;
    if (!loader) return [id, route];
    const constant: typeof loader = async (asked) => {
      const key = `${id} ${asked.request.url}`;
      if (!known.has(key)) known.set(key, await loader(asked));
      return known.get(key);
    };
    return [id, { ...route, module: { ...route!.module, loader: constant } }];
  }),
) as Routes;

const handle = createRequestHandler({ ...build, routes }, 'production');
const port = Number(process.env['PORT']);

const server = createServer(async (request, response) => {
  const answer = await handle(new Request(`http://127.0.0.1:${port}${request.url}`));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body) await writeReadableStreamToWritable(answer.body, response);
  else response.end();
});
server.listen(port, '127.0.0.1');

for (const end of ['SIGTERM', 'disconnect'] as const) process.once(end, () => process.exit(0));

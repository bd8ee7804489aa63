import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { explainCall } from '../src/call/explain-call.ts';
import { type CallLimits, watchCall } from '../src/call/watch-call.ts';

const LIMITS = { connectMs: 5000, firstByteMs: 10_000, stallMs: 10_000, totalMs: 20_000, maxBytes: 1_000_000 };
const watch = (limits: Partial<CallLimits> = {}) => watchCall({ ...LIMITS, ...limits });

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The pieces of a body as text. */
async function* textOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of response.body! as unknown as AsyncIterable<Uint8Array>) yield decoder.decode(chunk);
}

const explain = (cause: unknown, watched: ReturnType<typeof watchCall>) =>
  explainCall('test', cause, watched.trace, (status) => {
    throw new Error(`there was status ${status}`);
  });
const thrownBy = (call: Promise<unknown>) =>
  call.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );

it('gives up on a host that takes the connection but never makes it safe, and nothing was taken', async () => {
  const silent = createTcpServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  onTestFinished(() => void silent.close());
  const address = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;

  const watched = watch({ connectMs: 200 });
  const cause = await thrownBy(watched.run(() => watched.fetch(address)));
  expect(explain(cause, watched)).toMatchObject({
    reason: 'unavailable',
    maybeTaken: false,
    isRetryable: true,
    detail: 'UND_ERR_CONNECT_TIMEOUT',
  });
});

it('uploads a form of the global class whole', async () => {
  const address = await serve(async (request, response) => {
    const form = await new Response(request as unknown as BodyInit, {
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    }).formData();
    const file = form.get('image') as File;
    response.end(`${form.get('prompt')} ${file.name} ${file.type} ${(await file.bytes()).join(',')}`);
  });
  const form = new FormData();
  form.set('prompt', 'snow');
  form.set('image', new File([new Uint8Array([1, 2, 3])], 'a.png', { type: 'image/png' }));
  const watched = watch();
  const text = await watched.run(async () => (await watched.fetch(address, { method: 'POST', body: form })).text());
  expect(text).toBe('snow a.png image/png 1,2,3');
});

it('lets go of a body that nobody reads', async () => {
  let left: Promise<unknown> = Promise.resolve();
  const address = await serve((_, response) => {
    left = once(response, 'close');
    response.write('half');
  });
  const watched = watch();
  expect(await watched.run(async () => (await watched.fetch(address)).status)).toBe(200);
  await left;
});

it('knows nothing of the answer before, once another request is sent', async () => {
  const address = await serve((_, response) => response.end('a token'));
  const gone = createTcpServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as AddressInfo;
  gone.close();
  await once(gone, 'close');

  const watched = watch();
  const cause = await thrownBy(
    watched.run(async () => {
      await (await watched.fetch(address)).text();
      await watched.fetch(`http://127.0.0.1:${port}`);
    }),
  );
  expect(explain(cause, watched)).toMatchObject({ reason: 'unavailable', maybeTaken: false });
});

it('hands a stream on piece by piece, and a reader who takes his time is no stall', async () => {
  const turns: (() => void)[] = [];
  const address = await serve((_, response) => {
    response.write('one');
    turns.push(() => response.write('two'));
    turns.push(() => response.end('three'));
  });
  const watched = watch({ stallMs: 150 });
  const read: string[] = [];
  for await (const piece of watched.stream(async () => textOf(await watched.fetch(address)))) {
    read.push(piece);
    // Longer than a stall may be; meanwhile the vendor sends on.
    turns.shift()?.();
    await new Promise((done) => setTimeout(done, 300));
  }
  expect(read.join('')).toBe('onetwothree');
});

it.each([
  ['stall', { stallMs: 150 }, 'half'],
  ['deadline', { totalMs: 150 }, 'half'],
  ['first byte', { firstByteMs: 150 }, undefined],
  ['size', { maxBytes: 3 }, 'half'],
] as const)('ends a stream by its %s limit', async (by, limits, sent) => {
  const address = await serve((_, response) => void (sent && response.write(sent)));
  const watched = watch(limits);
  const cause = await thrownBy(
    (async () => {
      for await (const _ of watched.stream(async () => textOf(await watched.fetch(address))));
    })(),
  );
  expect(watched.trace.endedBy).toBe(by);
  expect(explain(cause, watched)).toMatchObject({ maybeTaken: true, isRetryable: false });
});

it('sends nothing when the caller gave up before', async () => {
  let asked = 0;
  const address = await serve((_, response) => {
    asked += 1;
    response.end();
  });
  const watched = watch({ signal: AbortSignal.abort() });
  const cause = await thrownBy(watched.stream(async () => textOf(await watched.fetch(address))).next());
  expect(explain(cause, watched)).toMatchObject({ reason: 'unavailable', maybeTaken: false });
  expect(asked).toBe(0);
});

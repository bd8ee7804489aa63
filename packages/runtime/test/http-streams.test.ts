import { once } from 'node:events';
import { type IncomingMessage, request as send } from 'node:http';
import { expect, test } from 'vitest';
import { stopGracefully } from '../src/http/stop-gracefully.ts';
import { aHouse, ask, type House } from './http-house.ts';

const STREAM = { accept: 'text/event-stream', 'accept-encoding': 'gzip, br' };

/** An API that sends each event when it is told to, and notices when nobody listens any more. */
function anEventSource() {
  const listeners = new Set<ReadableStreamDefaultController<Uint8Array>>();
  let ended = 0;
  const api = async (request: Request) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        listeners.add(controller);
        request.signal.addEventListener('abort', () => {
          if (!listeners.delete(controller)) return;
          ended += 1;
          controller.close();
        });
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
  const tell = (text: string) => {
    for (const listener of listeners) listener.enqueue(new TextEncoder().encode(`data: ${text}\n\n`));
  };
  return { api, tell, listening: () => listeners.size, ended: () => ended };
}

async function listenTo(house: House): Promise<IncomingMessage> {
  const request = send({
    host: '127.0.0.1',
    port: house.port,
    path: '/api/trpc/live.mine',
    agent: false,
    headers: STREAM,
  });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

test('an event arrives when it happens, not when the next one does', async () => {
  const source = anEventSource();
  const response = await listenTo(await aHouse({ api: source.api }));
  expect(response.headers['content-encoding']).toBeUndefined();

  source.tell('first');
  expect(String((await once(response, 'data'))[0])).toBe('data: first\n\n');
  source.tell('second');
  expect(String((await once(response, 'data'))[0])).toBe('data: second\n\n');
});

test('a listener who goes away is forgotten', async () => {
  const source = anEventSource();
  const house = await aHouse({ api: source.api });
  const response = await listenTo(house);
  const gone = new Promise((resolve) => house.server.once('connection', (socket) => socket.once('close', resolve)));
  const other = await listenTo(house);
  response.destroy();
  other.destroy();
  await gone;
  await expect.poll(source.listening).toBe(0);
  expect(source.ended()).toBe(2);
});

test('stopping ends event streams at once, and then the pools are closed', async () => {
  const source = anEventSource();
  const house = await aHouse({ api: source.api });
  const response = await listenTo(house);
  const streamEnded = once(response.resume(), 'end');
  let closed = false;
  await stopGracefully(house.server, {
    stopping: house.stopping,
    close: async () => {
      closed = true;
    },
    graceMs: 60_000,
  });
  await streamEnded;
  expect(closed).toBe(true);
});

test('a request under way is finished before the process stops, and new ones are not taken', async () => {
  let finish = () => {};
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const pages = async (request: Request) => {
    begun();
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    return new Response(`done, ${request.signal.aborted ? 'aborted' : 'undisturbed'}`);
  };
  const house = await aHouse({ pages });
  const answer = ask(house, '/');
  await hasBegun;
  const stopped = stopGracefully(house.server, { stopping: house.stopping, close: async () => {}, graceMs: 60_000 });
  await expect(ask(house, '/')).rejects.toThrow('ECONNREFUSED');
  finish();
  expect(await answer).toMatchObject({ status: 200, text: 'done, undisturbed' });
  await stopped;
});

test('a request that never ends does not keep the process: after the grace it is cut', async () => {
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const house = await aHouse({
    pages: () => {
      begun();
      return new Promise<Response>(() => {});
    },
  });
  const answer = ask(house, '/').catch((error: Error) => error.message);
  await hasBegun;
  await stopGracefully(house.server, { stopping: house.stopping, close: async () => {}, graceMs: 50 });
  expect(await answer).toBe('socket hang up');
});

test('a process takes only as many streams as it can serve, and says when to come back', async () => {
  const source = anEventSource();
  const house = await aHouse({ api: source.api, streamLimits: { total: 2, perAddress: 2 } });
  const first = await listenTo(house);
  await listenTo(house);
  const refused = await listenTo(house);
  expect(refused.statusCode).toBe(503);
  expect(refused.headers['retry-after']).toBe('30');
  expect((await ask(house, '/')).status).toBe(200);

  first.destroy();
  await expect.poll(async () => (await listenTo(house)).statusCode).toBe(200);
});

test('a streamed page is sent as it is made', async () => {
  let more = (_: string) => {};
  const pages = async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        more = (text) => controller.enqueue(new TextEncoder().encode(text));
        more('<p>first</p>'.padEnd(2_000));
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/html' } });
  };
  const house = await aHouse({ pages });
  const request = send({
    host: '127.0.0.1',
    port: house.port,
    agent: false,
    headers: { 'accept-encoding': 'identity' },
  });
  request.end();
  const [response] = await once(request, 'response');
  expect(String((await once(response, 'data'))[0])).toContain('first');
  more('<p>second</p>');
  expect(String((await once(response, 'data'))[0])).toContain('second');
  request.destroy();
});

test('a page that breaks off half-way is cut, so that nobody takes a part for the whole', async () => {
  const pages = async () =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('<p>half</p>'));
        },
        pull(controller) {
          controller.error(new Error('the rest is missing'));
        },
      }),
    );
  await expect(ask(await aHouse({ pages }), '/')).rejects.toThrow(/aborted|hang up/);
});

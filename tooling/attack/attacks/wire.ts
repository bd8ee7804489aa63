import { connect } from 'node:net';
import { ask } from '../ask.ts';
import { type Attack, some, type Target } from '../target.ts';

const head = (port: number, lines: string[], start = 'POST /api/v1/reports HTTP/1.1') =>
  [start, `Host: localhost:${port}`, ...lines, '', ''].join('\r\n');

/** Requests that two servers in a row would read differently, floods of headers, and clients that take their time. */
export const attack: Attack = {
  title: 'Smuggled, flooded and slow requests',
  async run(target, report) {
    const { port } = target;
    const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
    const refused: [name: string, bytes: string][] = [
      [
        'both Content-Length and Transfer-Encoding',
        `${head(port, ['Content-Length: 4', 'Transfer-Encoding: chunked'])}0\r\n\r\n${smuggled}`,
      ],
      ['two lengths', `${head(port, ['Content-Length: 4', 'Content-Length: 40'])}abcd${smuggled}`],
      ['a length of +4', `${head(port, ['Content-Length: +4'])}abcd`],
      ['a length of -1', head(port, ['Content-Length: -1'])],
      ['an encoding of its own', `${head(port, ['Transfer-Encoding: xchunked'])}0\r\n\r\n`],
      [
        'chunked twice',
        `${head(port, ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked, identity'])}0\r\n\r\n`,
      ],
      ['a chunk of a false size', `${head(port, ['Transfer-Encoding: chunked'])}zz\r\nabc\r\n0\r\n\r\n`],
      ['a space before the colon', head(port, ['Content-Length : 4'])],
      ['a folded header', head(port, ['X-A: b', ' c'])],
      ['a NUL in a header', head(port, ['X-A: a\u0000b'])],
      ['no host', 'GET / HTTP/1.1\r\n\r\n'],
      ['a host with a path', 'GET / HTTP/1.1\r\nHost: localhost/evil\r\n\r\n'],
      ['100 kB of headers', head(port, [`X-A: ${'a'.repeat(100_000)}`], 'GET / HTTP/1.1')],
      ['an address of 100 kB', head(port, [], `GET /${'a'.repeat(100_000)} HTTP/1.1`)],
      ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
      ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000'],
    ];
    for (const [name, bytes] of refused) {
      const text = await raw(target, bytes);
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
      const isRefused = statuses.length <= 1 && statuses.every((status) => status >= 400 && status < 500);
      report.tried(isRefused ? null : `${name}: answered ${statuses.join(' and then ')}`);
    }
    for (const forged of [
      'x-forwarded-for',
      'x-client-ip',
      'x-real-ip',
      'forwarded',
      'x-forwarded-host',
      'x-original-url',
      'x-http-method-override',
    ]) {
      const said = await ask(target, '/', { headers: { [forged]: 'evil.example', accept: 'text/html' } });
      report.tried(said.text.includes('evil.example') ? `${forged} stands in the page` : null);
    }
    await slowly(target, some(target, 200, 30));
    const started = performance.now();
    const said = await ask(target, '/healthz');
    report.tried(said.status === 200 ? null : `with slow clients about, /healthz answered ${said.status}`);
    report.tried(performance.now() - started < 5_000 ? null : 'slow clients hold up everybody else');
  },
};

function raw({ port }: Target, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('close', () => resolve(text));
    socket.on('error', () => {});
    socket.write(bytes, 'latin1');
  });
}

/** Opens requests that never end, and leaves them open for a moment. */
async function slowly({ port }: Target, count: number): Promise<void> {
  const sockets = Array.from({ length: count }, () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(`POST /sign-in HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 1000\r\n\r\na`);
    return socket;
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, 2_000);
}

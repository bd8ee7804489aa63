import { connect, type Socket } from 'node:net';

/**
 * Asks over connections that stay open, with as little work as it can: asker and server share the machine, and what the
 * asker needs is taken from the server.
 */
export type HttpClient = {
  /** Resolves to the whole body. @throws Error for any answer but the `expected`. */
  get(url: string, headers?: Record<string, string>, expected?: number): Promise<Buffer>;
  post(url: string, body: string, headers?: Record<string, string>): Promise<Buffer>;
  close(): void;
};

type Ask = { bytes: string; expected: number; resolve(body: Buffer): void; reject(error: Error): void };

export function createHttpClient(connections: number): HttpClient {
  const origins = new Map<string, ReturnType<typeof openOrigin>>();
  const send = (method: string, address: string, headers: Record<string, string>, expected: number, body = '') =>
    new Promise<Buffer>((resolve, reject) => {
      const { host, pathname, search } = new URL(address);
      const origin = origins.get(host) ?? openOrigin(host, connections);
      origins.set(host, origin);
      const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
      const bytes = `${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
      origin.ask({ bytes, expected, resolve, reject });
    });
  return {
    get: (url, headers = {}, expected = 200) => send('GET', url, headers, expected),
    post: (url, body, headers = {}) =>
      send(
        'POST',
        url,
        { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers },
        200,
        body,
      ),
    close() {
      for (const origin of origins.values()) origin.close();
    },
  };
}

/** Takes turns on at most `most` connections; who finds none free waits. */
function openOrigin(host: string, most: number) {
  const [name, port] = host.split(':');
  const waiting: Ask[] = [];
  const idle: Connection[] = [];
  const open = new Set<Connection>();
  const next = (connection: Connection) => {
    const ask = waiting.shift();
    if (ask) connection.ask(ask);
    else idle.push(connection);
  };
  return {
    ask(ask: Ask) {
      const free = idle.pop();
      if (free) return free.ask(ask);
      if (open.size >= most) return void waiting.push(ask);
      const connection = openConnection(connect(Number(port), name), next, () => {
        open.delete(connection);
        if (idle.includes(connection)) idle.splice(idle.indexOf(connection), 1);
      });
      open.add(connection);
      connection.ask(ask);
    },
    close() {
      for (const connection of open) connection.close();
    },
  };
}

type Connection = { ask(ask: Ask): void; close(): void };

const HEAD_END = '\r\n\r\n';
const LAST_CHUNK = '\r\n0\r\n\r\n';

function openConnection(socket: Socket, done: (connection: Connection) => void, gone: () => void): Connection {
  let asked: Ask | null = null;
  let parts: Buffer[] = [];
  let received = 0;
  let head: { status: number; bytes: number; length: number | null } | null = null;

  const readHead = () => {
    const so = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    parts = [so];
    const end = so.indexOf(HEAD_END);
    if (end < 0) return null;
    const text = so.toString('latin1', 0, end);
    const status = Number(text.slice(9, 12));
    const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
    const hasBody = status !== 304 && status !== 204;
    return { status, bytes: end + HEAD_END.length, length: hasBody ? (length ? Number(length) : null) : 0 };
  };
  const isWhole = () => {
    if (head!.length !== null) return received >= head!.bytes + head!.length;
    const last = parts.at(-1)!;
    const tail = last.length >= LAST_CHUNK.length ? last : Buffer.concat(parts.slice(-4));
    return tail.subarray(-LAST_CHUNK.length).toString('latin1') === LAST_CHUNK;
  };
  const connection: Connection = {
    ask(ask) {
      asked = ask;
      socket.write(ask.bytes);
    },
    close: () => socket.destroy(),
  };
  socket.setNoDelay(true);
  socket.on('data', (chunk) => {
    parts.push(chunk);
    received += chunk.length;
    head ??= readHead();
    if (!head || !isWhole() || !asked) return;
    const { resolve, reject, expected } = asked;
    const sent = (parts.length === 1 ? parts[0]! : Buffer.concat(parts)).subarray(head.bytes);
    const { status } = head;
    const body = head.length === null ? joinChunks(sent) : sent;
    [asked, parts, received, head] = [null, [], 0, null];
    if (status === expected) resolve(body);
    else reject(new Error(`${status} instead of ${expected}: ${body.subarray(0, 300)}`));
    done(connection);
  });
  const fail = (error?: Error) => {
    gone();
    asked?.reject(error ?? new Error('the server hung up'));
    asked = null;
  };
  socket.once('error', fail);
  socket.once('close', () => fail());
  return connection;
}

/** The body without the lines that say how long each piece is. */
function joinChunks(sent: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = sent.indexOf('\r\n', at);
    const bytes = Number.parseInt(sent.toString('latin1', at, lineEnd), 16);
    if (!bytes) return Buffer.concat(pieces);
    pieces.push(sent.subarray(lineEnd + 2, lineEnd + 2 + bytes));
    at = lineEnd + 2 + bytes + 2;
  }
}

import { connect, type Socket } from 'node:net';

export type Streams = {
  /** Resolves to the moment at which the last stream had a message with this in it. */
  await(mark: string): Promise<number>;
  close(): void;
};

/** An address holds so many streams at most; a machine has more than one of its own. */
const PER_ADDRESS = 80;

/** Opens event streams as browsers do, each on a socket of its own. Resolves once all have begun. */
export async function openStreams(url: string, headers: Record<string, string>, count: number): Promise<Streams> {
  const { hostname, port, pathname, host } = new URL(url);
  const lines = Object.entries({ host, accept: 'text/event-stream', ...headers });
  const bytes = `GET ${pathname} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  const sockets: Socket[] = [];
  let wanted = '';
  let missing = 0;
  let tell: (at: number) => void = () => {};

  const openOne = (n: number) =>
    new Promise<void>((resolve, reject) => {
      const localAddress = `127.0.0.${2 + Math.floor(n / PER_ADDRESS)}`;
      const socket = connect({ host: hostname, port: Number(port), localAddress });
      sockets.push(socket);
      let heard = '';
      let isOpen = false;
      socket.setEncoding('latin1');
      socket.on('data', (text: string) => {
        heard = (heard + text).slice(-2_000);
        if (!isOpen) {
          if (!heard.includes('\r\n\r\n')) return;
          isOpen = true;
          if (heard.startsWith('HTTP/1.1 200')) resolve();
          else reject(new Error(`A stream was answered: ${heard.slice(0, 300)}`));
        }
        if (wanted && heard.includes(wanted)) {
          heard = '';
          missing -= 1;
          if (missing === 0) tell(performance.now());
        }
      });
      socket.once('error', reject);
      socket.write(bytes);
    });
  for (let from = 0; from < count; from += 50) {
    await Promise.all(Array.from({ length: Math.min(50, count - from) }, (_, n) => openOne(from + n)));
  }
  return {
    await(mark) {
      [wanted, missing] = [mark, count];
      return new Promise((resolve) => {
        tell = resolve;
      });
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

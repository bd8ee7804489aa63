import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A real server on this machine, with what it was asked. */
export async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: { url: string; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers });
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, asked, origin: `http://127.0.0.1:${port}` };
}

export const thrownBy = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    (answer) => new Error(`it was answered: ${JSON.stringify(answer)}`),
    (error: Error) => error,
  );

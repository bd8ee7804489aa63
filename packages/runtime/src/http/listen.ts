import { createServer, type Server } from 'node:http';
import type { Express } from 'express';

const HEADERS_MAX_MS = 15_000;
// Long enough for 50 MB over a slow line.
const REQUEST_MAX_MS = 15 * 60_000;
const SWEEP_EVERY_MS = 5_000;

export type ListenOptions = {
  port: number;
  host?: string;
  portName: 'PORT' | 'ADMIN_PORT';
  /** Headers that take longer are cut off; looked for every `sweepEveryMs`. */
  headersMaxMs?: number;
  sweepEveryMs?: number;
};

/** The port cannot be had; the message is a sentence for whoever started the program. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** Starts to listen. @throws ListenError naming the setting to change. */
export function listen(app: Express, options: ListenOptions): Promise<Server> {
  const { port, host, portName, headersMaxMs = HEADERS_MAX_MS, sweepEveryMs = SWEEP_EVERY_MS } = options;
  const server = createServer(
    { headersTimeout: headersMaxMs, requestTimeout: REQUEST_MAX_MS, connectionsCheckingInterval: sweepEveryMs },
    app,
  );
  // Longer than the idle time of common proxies, which would otherwise reuse a socket that has just closed.
  server.keepAliveTimeout = 65_000;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new ListenError(sentenceFor(error, port, portName), { cause: error })),
    );
    server.listen({ port, ...(host ? { host } : {}) }, () => resolve(server));
  });
}

function sentenceFor(error: NodeJS.ErrnoException, port: number, portName: string): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program. Stop it, or choose another port: ${portName}=${port + 10} npm start`;
  }
  if (error.code === 'EACCES') {
    return `This user may not listen on port ${port}. Choose a port above 1023: ${portName}=3000 npm start`;
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return 'This machine has no such address to listen on. Set HOST to one of its own addresses, such as HOST=127.0.0.1';
  }
  return `Could not listen on port ${port}: ${error.message}`;
}

import { Agent, type IncomingMessage, request } from 'node:http';

/** Asks over connections that stay open: what is measured is the server, not TCP. */
export type KeepAlive = {
  /** Resolves to the whole body. @throws Error for any answer but 200: a bench of failures would look fast. */
  get(url: string, headers?: Record<string, string>): Promise<Buffer>;
  close(): void;
};

export function createKeepAlive(connections: number): KeepAlive {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    get: (url, headers = {}) =>
      new Promise((resolve, reject) => {
        request(url, { agent, headers }, (answer) => readBody(answer).then(resolve, reject))
          .once('error', reject)
          .end();
      }),
    close: () => agent.destroy(),
  };

  async function readBody(answer: IncomingMessage): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} instead of 200: ${body.subarray(0, 300)}`);
    return body;
  }
}

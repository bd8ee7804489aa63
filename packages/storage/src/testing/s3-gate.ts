import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Keys, type S3Refusal, verifyRequest } from './verify-request.ts';

export type GateOptions = {
  keys: Keys;
  /** Where s3rver listens. */
  port: number;
  /** The name of the service: a host below it is a bucket. */
  serviceHost: string;
  /** Where bodies rest until they are whole. */
  spoolFolder: string;
  /** False: a service that knows no bucket policies. */
  policies: boolean;
  /** Headers that a bucket's policy demands of every object that is written, and that are told of it afterwards. */
  demands?: Record<string, string>;
};

/**
 * Stands before s3rver and does what a real S3 does and s3rver does not: it checks signatures, keeps strangers out unless
 * the bucket's policy lets them read, takes a body whole or not at all, and knows buckets by host name.
 */
export function createS3Gate({ keys, port, serviceHost, spoolFolder, policies, demands = {} }: GateOptions) {
  const policyOf = new Map<string, string>();
  let lastChange: Promise<unknown> = Promise.resolve();

  // s3rver falls over when one request removes the folder that another is writing to.
  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const mine = lastChange.then(change);
    lastChange = mine.catch(() => {});
    return mine;
  }

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://s3.invalid');
    const host = (req.headers.host ?? '').split(':')[0] ?? '';
    const path = host.endsWith(`.${serviceHost}`)
      ? `/${host.slice(0, -serviceHost.length - 1)}${url.pathname}`
      : url.pathname;
    const [, bucket = '', ...rest] = path.split('/');
    const key = rest.join('/');
    if (req.method === 'OPTIONS') return forward(req, res, path, url.searchParams);
    const verdict = verifyRequest(req, keys);
    const isReading = (req.method === 'GET' || req.method === 'HEAD') && key !== '';
    if (verdict === 'anonymous' && !(isReading && isOpen(policyOf.get(bucket), bucket, key))) {
      return refuse(req, res, { code: 'AccessDenied', status: 403 });
    }
    if (verdict !== null && verdict !== 'anonymous') return refuse(req, res, verdict);
    if (policies && url.searchParams.has('policy')) return answerPolicy(req, res, bucket);
    if (req.method === 'PUT' || req.method === 'POST') return receive(req, res, path, url.searchParams);
    const read = () => forward(req, res, path, url.searchParams);
    return req.method === 'DELETE' ? inTurn(read) : read();
  }

  async function answerPolicy(req: IncomingMessage, res: ServerResponse, bucket: string): Promise<void> {
    if (req.method === 'PUT') {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk);
      policyOf.set(bucket, Buffer.concat(chunks).toString());
      res.writeHead(204).end();
      return;
    }
    const policy = policyOf.get(bucket);
    if (policy === undefined) return refuse(req, res, { code: 'NoSuchBucketPolicy', status: 404 });
    res.end(policy);
  }

  async function receive(
    req: IncomingMessage,
    res: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    const length = req.headers['content-length'];
    const isObject = /^\/[^/]+\/./.test(path);
    if (isObject && Object.entries(demands).some(([name, value]) => req.headers[name] !== value)) {
      return refuse(req, res, { code: 'AccessDenied', status: 403 });
    }
    if (length === undefined) return refuse(req, res, { code: 'MissingContentLength', status: 411 });
    const spool = join(spoolFolder, randomUUID());
    try {
      const hash = createHash('sha256');
      const hashing = new Transform({
        transform(chunk, _, done) {
          hash.update(chunk);
          done(null, chunk);
        },
      });
      await pipeline(req, hashing, createWriteStream(spool));
      const promised = String(req.headers['x-amz-content-sha256'] ?? '');
      if (/^[0-9a-f]{64}$/.test(promised) && promised !== hash.digest('hex')) {
        return await refuse(req, res, { code: 'XAmzContentSHA256Mismatch', status: 400 });
      }
      await inTurn(() => forward(req, res, path, query, spool));
    } finally {
      await rm(spool, { force: true });
    }
  }

  function forward(
    req: IncomingMessage,
    res: ServerResponse,
    path: string,
    query: URLSearchParams,
    spool?: string,
  ): Promise<void> {
    const words = [...query].filter(([name]) => !/^(?:x-amz-|response-|x-id$)/i.test(name));
    const headers = { ...req.headers, host: '127.0.0.1' };
    // Checked already; s3rver would only look at the clock again.
    delete headers.authorization;
    const search = new URLSearchParams(words).toString();
    return new Promise((resolve, reject) => {
      const onward = request(
        { port, host: '127.0.0.1', path: search ? `${path}?${search}` : path, method: req.method, headers },
        async (answer) => {
          try {
            if (spool && req.method === 'PUT' && answer.statusCode === 200 && words.length === 0) {
              await untilWhole(path, Number(req.headers['content-length']), req.headers['x-amz-copy-source']);
            }
            res.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...demands, ...overrides(query) });
            await pipeline(answer, res);
            resolve();
          } catch (error) {
            reject(error);
          }
        },
      );
      onward.once('error', reject);
      if (spool) createReadStream(spool).pipe(onward);
      else onward.end();
    });
  }

  // s3rver answers before its last bytes are on disk.
  async function untilWhole(path: string, bytes: number, copySource: unknown): Promise<void> {
    if (copySource !== undefined || !/^\/[^/]+\/./.test(path)) return;
    for (;;) {
      const length = await new Promise((resolve, reject) => {
        const ask = request({ port, host: '127.0.0.1', path, method: 'HEAD' }, (answer) => {
          resolve(Number(answer.resume().headers['content-length']));
        });
        ask.once('error', reject).end();
      });
      if (length === bytes) return;
    }
  }

  return (req: IncomingMessage, res: ServerResponse) => {
    handle(req, res).catch(() => res.destroy());
  };
}

function overrides(query: URLSearchParams): Record<string, string> {
  const wanted = [...query].filter(([name]) => name.startsWith('response-'));
  return Object.fromEntries(wanted.map(([name, value]) => [name.slice('response-'.length), value]));
}

function isOpen(policy: string | undefined, bucket: string, key: string): boolean {
  if (policy === undefined) return false;
  const { Statement }: { Statement: { Effect: string; Principal: unknown; Action: string; Resource: string }[] } =
    JSON.parse(policy);
  return Statement.some(
    ({ Effect, Principal, Action, Resource }) =>
      Effect === 'Allow' &&
      Principal === '*' &&
      Action === 's3:GetObject' &&
      Resource.endsWith('*') &&
      `arn:aws:s3:::${bucket}/${key}`.startsWith(Resource.slice(0, -1)),
  );
}

async function refuse(req: IncomingMessage, res: ServerResponse, { code, status }: S3Refusal): Promise<void> {
  req.resume();
  const text = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  res.writeHead(status, { 'Content-Type': 'application/xml', 'Content-Length': Buffer.byteLength(text) });
  res.end(req.method === 'HEAD' ? undefined : text);
}

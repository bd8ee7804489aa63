import { createVerify, generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

export { VEO_BEHAVIOURS, type VeoBehaviour, type VeoBehaviourName } from './veo-behaviours.ts';

import { openDoor, perform, recordOf, sendJson, type VeoDoor, type WellAnswer } from './veo-doors.ts';

const Image = z.strictObject({ bytesBase64Encoded: z.base64().min(1), mimeType: z.string().startsWith('image/') });
const Submit = z.strictObject({
  instances: z
    .array(z.strictObject({ prompt: z.string(), image: Image.optional(), lastFrame: Image.optional() }))
    .length(1),
  parameters: z.strictObject({
    sampleCount: z.literal(1),
    durationSeconds: z.literal([4, 6, 8]),
    resolution: z.enum(['720p', '1080p']),
    aspectRatio: z.enum(['16:9', '9:16']),
    generateAudio: z.boolean(),
    seed: z
      .int()
      .min(0)
      .max(2 ** 32 - 1),
    storageUri: z.string().startsWith('gs://').optional(),
  }),
});
export type VeoSubmit = z.infer<typeof Submit>;
const Fetch = z.strictObject({ operationName: z.string() });

export type VeoWire = {
  /** All of Google: Vertex, and under other paths the giver of tokens and the store. */
  origin: string;
  baseUrl: string;
  storageBaseUrl: string;
  project: string;
  location: string;
  /** A token that is valid from the start. */
  accessToken: string;
  /** The key of an account that gets tokens here. */
  serviceAccount: { type: 'service_account'; client_email: string; private_key: string; token_uri: string };
  submits: VeoDoor;
  polls: VeoDoor;
  tokens: VeoDoor;
  store: VeoDoor;
  /** The submits that were taken, as they were understood. */
  taken: VeoSubmit[];
  /** How many seconds a token from here is good for (at first 3,600). */
  tokenSeconds: number;
  /** Every token given so far is refused from now on. */
  revokeTokens(): void;
  close(): Promise<void>;
};

export type VeoWireOptions = {
  port?: number;
  /** The bytes of every film. */
  film: Uint8Array;
  /** How many polls find an operation still running (default 1). */
  runs?: number;
};

const PROJECT = 'test-project';
const LOCATION = 'us-central1';
const EMAIL = 'films@test-project.iam.gserviceaccount.com';
const key = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** A local server that speaks Vertex's wire format for films, with tokens and storage, well or badly as scripted. */
export async function startVeoWire({ port = 0, film, runs = 1 }: VeoWireOptions): Promise<VeoWire> {
  const doors = { submits: openDoor(), polls: openDoor(), tokens: openDoor(), store: openDoor() };
  const accessToken = `ya29.${randomUUID()}`;
  const valid = new Set([accessToken]);
  // By their own ids: Google takes a project's number for its name.
  const operations = new Map<string, { runsLeft: number; storageUri: string | undefined }>();
  const operationOf = (name: string) => operations.get(name.split('/').at(-1)!);
  const taken: VeoSubmit[] = [];
  let isClosing = false;

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      // A client that hangs up and a server that closes are part of the play; anything else is a fault of this file.
      if (isClosing || response.destroyed) return;
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`veo wire: ${String(error)}`);
    });
  });

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readBody(request);
    const path = request.url ?? '';
    const record = (body: unknown) => recordOf(request, response, body);
    if (request.method === 'GET' && path.startsWith('/storage/')) {
      const noted = record(undefined);
      const behaviour = doors.store.take(noted);
      if (!isKnown(noted.token)) return sendError(response, 401, 'Anonymous caller does not have access.');
      return perform(behaviour, noted, response, () => ({ contentType: 'video/mp4', body: Buffer.from(film) }));
    }
    // How a machine of Google's own learns its token.
    if (path.startsWith('/computeMetadata/v1/instance/service-accounts/default/token')) {
      const noted = record(undefined);
      response.setHeader('metadata-flavor', 'Google');
      return perform(doors.tokens.take(noted), noted, response, () => json(newToken()));
    }
    if (path === '/token') {
      const form = Object.fromEntries(new URLSearchParams(text));
      const noted = record(form);
      const behaviour = doors.tokens.take(noted);
      if (!isSigned(form['assertion'] ?? '', wire.serviceAccount.token_uri)) {
        return sendJson(response, 400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' });
      }
      return perform(behaviour, noted, response, () => json(newToken()));
    }
    return vertex(path, parseJson(text), request, response);
  }

  async function vertex(path: string, body: unknown, request: IncomingMessage, response: ServerResponse) {
    const called =
      /^\/v1(?:beta1)?\/(projects\/[^/]+\/locations\/[^/]+\/publishers\/google\/models\/[^/:]+):(\w+)$/.exec(path);
    const [, model = '', method] = called ?? [];
    const noted = recordOf(request, response, body);
    if (request.method !== 'POST' || !model.startsWith(`projects/${PROJECT}/locations/${LOCATION}/`)) {
      return sendError(response, 404, 'Not found.');
    }
    if (method === 'predictLongRunning') {
      const behaviour = doors.submits.take(noted);
      const submit = Submit.safeParse(body);
      if (!isKnown(noted.token)) return sendError(response, 401, 'Request had invalid authentication credentials.');
      if (!submit.success) return sendError(response, 400, z.prettifyError(submit.error));
      return perform(behaviour, noted, response, () => json({ name: begin(model, submit.data) }));
    }
    if (method === 'fetchPredictOperation') {
      const behaviour = doors.polls.take(noted);
      const asked = Fetch.safeParse(body);
      if (!isKnown(noted.token)) return sendError(response, 401, 'Request had invalid authentication credentials.');
      if (!asked.success) return sendError(response, 400, z.prettifyError(asked.error));
      const { operationName } = asked.data;
      if (!operationOf(operationName)) return sendError(response, 404, `Operation ${operationName} not found.`);
      return perform(behaviour, noted, response, () => json(stateOf(operationName)));
    }
    return sendError(response, 404, 'Not found.');
  }

  const isKnown = (token: string | undefined) => token !== undefined && valid.has(token);

  function begin(model: string, submit: VeoSubmit): string {
    const id = randomUUID();
    taken.push(submit);
    operations.set(id, { runsLeft: runs, storageUri: submit.parameters.storageUri });
    return `${model}/operations/${id}`;
  }

  function stateOf(name: string): object {
    const operation = operationOf(name)!;
    if (operation.runsLeft-- > 0) return { name };
    const video = operation.storageUri
      ? { gcsUri: `${operation.storageUri}1234567890/sample 0.mp4` }
      : { bytesBase64Encoded: Buffer.from(film).toString('base64') };
    const type = 'type.googleapis.com/cloud.ai.large_models.vision.GenerateVideoResponse';
    return {
      name,
      done: true,
      response: { '@type': type, raiMediaFilteredCount: 0, videos: [{ ...video, mimeType: 'video/mp4' }] },
    };
  }

  function newToken(): object {
    const token = `ya29.${randomUUID()}`;
    valid.add(token);
    return { access_token: token, expires_in: wire.tokenSeconds, token_type: 'Bearer' };
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const wire: VeoWire = {
    origin,
    baseUrl: origin,
    storageBaseUrl: `${origin}/storage`,
    project: PROJECT,
    location: LOCATION,
    accessToken,
    serviceAccount: {
      type: 'service_account',
      client_email: EMAIL,
      private_key: key.privateKey,
      token_uri: `${origin}/token`,
    },
    submits: doors.submits.door,
    polls: doors.polls.door,
    tokens: doors.tokens.door,
    store: doors.store.door,
    taken,
    tokenSeconds: 3600,
    revokeTokens: () => valid.clear(),
    async close() {
      if (isClosing) return;
      isClosing = true;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return wire;
}

const Claims = z.object({ iss: z.literal(EMAIL), aud: z.string(), scope: z.string(), exp: z.number() });

/** As Google checks it: signed with the account's key, for this very address, and not stale. */
function isSigned(assertion: string, audience: string): boolean {
  const [header = '', payload = '', signature = ''] = assertion.split('.');
  const isGenuine = createVerify('RSA-SHA256')
    .update(`${header}.${payload}`)
    .verify(key.publicKey, signature, 'base64url');
  const claims = Claims.safeParse(parseJson(Buffer.from(payload, 'base64url').toString()));
  return isGenuine && claims.success && claims.data.aud === audience && claims.data.exp * 1000 > Date.now();
}

const json = (body: object): WellAnswer => ({
  contentType: 'application/json; charset=UTF-8',
  body: Buffer.from(JSON.stringify(body)),
});

const STATUSES: Record<number, string> = { 400: 'INVALID_ARGUMENT', 401: 'UNAUTHENTICATED', 404: 'NOT_FOUND' };

const sendError = (response: ServerResponse, status: number, message: string) =>
  sendJson(response, status, { error: { code: status, message, status: STATUSES[status] } });

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

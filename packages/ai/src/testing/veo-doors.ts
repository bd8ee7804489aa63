import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { THE_TOKEN, VEO_BEHAVIOURS, type VeoBehaviour, type VeoBehaviourName } from './veo-behaviours.ts';

export type VeoRecord = {
  path: string;
  /** What the request bore, without the word "Bearer". */
  token: string | undefined;
  body: unknown;
  /** Settles when the connection is done with: `true` if the client left before the answer ended. */
  leftEarly: Promise<boolean>;
};

/** One of the vendor's doors, each with a script of its own. */
export type VeoDoor = {
  requests: VeoRecord[];
  /** One behaviour for each of the next requests; afterwards the usual one. */
  next(...behaviours: (VeoBehaviour | VeoBehaviourName)[]): void;
  /** What is done when nothing is scripted (at first `well`). */
  usually(behaviour: VeoBehaviour | VeoBehaviourName): void;
  /** The request with this number (from 1), as soon as it has arrived. */
  arrival(number: number): Promise<VeoRecord>;
};

/** A door and the hand that opens it: notes the request and says what is to be done. */
export function openDoor(): { door: VeoDoor; take(record: VeoRecord): VeoBehaviour } {
  const script: VeoBehaviour[] = [];
  const watchers: (() => void)[] = [];
  const requests: VeoRecord[] = [];
  let usual: VeoBehaviour = VEO_BEHAVIOURS.well;
  return {
    take(record) {
      requests.push(record);
      for (const notice of watchers.splice(0)) notice();
      return script.shift() ?? usual;
    },
    door: {
      requests,
      next: (...behaviours) => void script.push(...behaviours.map(resolve)),
      usually: (behaviour) => {
        usual = resolve(behaviour);
      },
      async arrival(number) {
        for (;;) {
          const found = requests[number - 1];
          if (found) return found;
          await new Promise<void>((notice) => watchers.push(notice));
        }
      },
    },
  };
}

const resolve = (behaviour: VeoBehaviour | VeoBehaviourName): VeoBehaviour =>
  typeof behaviour === 'string' ? VEO_BEHAVIOURS[behaviour] : behaviour;

export function recordOf(request: IncomingMessage, response: ServerResponse, body: unknown): VeoRecord {
  return {
    path: request.url ?? '',
    token: /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1],
    body,
    leftEarly: once(response, 'close').then(() => !response.writableFinished),
  };
}

/** The answer of a door that does well. */
export type WellAnswer = { contentType: string; body: Buffer };

export async function perform(
  behaviour: VeoBehaviour,
  record: VeoRecord,
  response: ServerResponse,
  well: () => WellAnswer,
): Promise<void> {
  switch (behaviour.is) {
    case 'well': {
      await behaviour.until;
      const { contentType, body } = well();
      if (!behaviour.inPieces) {
        response.writeHead(200, { 'content-type': contentType }).end(body);
        return;
      }
      response.writeHead(200, { 'content-type': contentType });
      const size = Math.max(1, Math.ceil(body.byteLength / 5));
      for (let at = 0; at < body.byteLength; at += size) {
        response.write(body.subarray(at, at + size));
        await nextTurn();
      }
      response.end();
      return;
    }
    case 'answer':
      return sendJson(response, 200, behaviour.body);
    case 'error': {
      const { status, code, details, retryAfter } = behaviour;
      const message = behaviour.message.replaceAll(THE_TOKEN, record.token ?? 'nobody');
      const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
      return sendJson(response, status, { error: { code: status, message, status: code, details } }, headers);
    }
    case 'raw': {
      const { status = 200, contentType = 'application/json; charset=UTF-8', body, headers } = behaviour;
      response.writeHead(status, { ...headers, 'content-type': contentType }).end(body);
      return;
    }
    case 'reset':
    case 'stall': {
      const { contentType, body } = well();
      if (behaviour.when === 'mid-body') {
        response.writeHead(200, { 'content-type': contentType, 'content-length': body.byteLength });
        await new Promise<void>((flushed) => response.write(body.subarray(0, body.byteLength / 2), () => flushed()));
      }
      if (behaviour.is === 'reset') response.socket?.resetAndDestroy();
      return;
    }
    case 'truncated': {
      const { contentType, body } = well();
      response.writeHead(200, { 'content-type': contentType }).end(body.subarray(0, body.byteLength / 2));
      return;
    }
    case 'huge body':
      return sendHuge(response, behaviour.bytes);
  }
}

async function sendHuge(response: ServerResponse, bytes: number): Promise<void> {
  const chunk = Buffer.alloc(1024 * 1024, 'A');
  function* body() {
    yield '{"name":"operations/any","done":true,"response":{"videos":[{"bytesBase64Encoded":"';
    for (let sent = 0; sent < bytes; sent += chunk.length) yield chunk;
    yield '"}]}}';
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  await pipeline(Readable.from(body()), response);
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, { ...headers, 'content-type': 'application/json; charset=UTF-8' })
    .end(JSON.stringify(body));
}

import { RestFailure } from './rest-failure.ts';

const MAX_DEPTH = 32;
/** Names by which a careless merge would reach into every object of the process. */
const NOBODYS_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/** The body of a write: an object in JSON, or nothing. */
export async function readJsonBody(request: Request): Promise<Record<string, unknown>> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.byteLength === 0) return {};
  mustBeJson(request.headers);
  const body = parse(bytes);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new RestFailure('VALIDATION_ERROR', 'The body must be an object in JSON.');
  }
  mustBeSane(body);
  return body as Record<string, unknown>;
}

function mustBeJson(headers: Headers): void {
  const [type = '', ...more] = (headers.get('content-type') ?? '').toLowerCase().split(';');
  const charset = more.map((part) => /^\s*charset="?([\w-]+)"?\s*$/.exec(part)?.[1]).find(Boolean) ?? 'utf-8';
  if (type.trim() !== 'application/json' || !['utf-8', 'utf8'].includes(charset)) {
    throw new RestFailure('UNSUPPORTED_MEDIA_TYPE', 'Send JSON in UTF-8, with Content-Type: application/json.');
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new RestFailure('VALIDATION_ERROR', 'The body is not readable as JSON.');
  }
}

/** Level by level, not by recursion: the depth is the sender's to choose. */
function mustBeSane(body: object): void {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) {
      throw new RestFailure('VALIDATION_ERROR', `The body is nested deeper than ${MAX_DEPTH} levels.`);
    }
    level = level.flatMap((value) => {
      if (typeof value !== 'object' || value === null) return [];
      const bad = Array.isArray(value) ? undefined : Object.keys(value).find((name) => NOBODYS_NAMES.has(name));
      if (bad) throw new RestFailure('VALIDATION_ERROR', `A field may not be called ${bad}.`);
      return Object.values(value);
    });
  }
}

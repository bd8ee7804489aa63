import { readTrail, type Trail } from './page-links.ts';
import { readJsonBody } from './read-json-body.ts';
import { readQuery } from './read-query.ts';
import { type Detail, RestFailure } from './rest-failure.ts';
import type { RestRoute } from './rest-routes.ts';
import { NO_SUCH_FIELD, unknownFields } from './unknown-fields.ts';

export type RestInput = {
  input: unknown;
  trail: Trail;
  /** Fields that the procedure does not have. */
  unknown: Detail[];
};

/** What a request asks a procedure with: path, query or body, and headers that stand for fields. */
export async function readInput(
  route: RestRoute,
  params: Record<string, string>,
  request: Request,
): Promise<RestInput> {
  const query = new URL(request.url).searchParams;
  const isRead = route.method === 'GET';
  if (route.type === 'subscription') rename(query, 'after', 'lastEventId');
  if (!isRead && [...query.keys()].length > 0) {
    const [field] = query.keys();
    throw new RestFailure('VALIDATION_ERROR', 'A write takes its fields from the path and the body, not the query.', {
      details: [{ field: field!.slice(0, 60), message: 'Send this field in the body.' }],
    });
  }
  const given = isRead ? readQuery(query, route.inputSchema) : await readJsonBody(request);
  for (const [field, value] of Object.entries(params)) put(given, field, value, 'path');
  const headers = request.headers;
  const pressKey = headers.get('idempotency-key');
  if (pressKey !== null && route.fields.includes('idempotencyKey')) {
    put(given, 'idempotencyKey', pressKey, 'Idempotency-Key header');
  }
  // A browser that lost its stream asks the same address again, and says by the header how far it came.
  const lastSeen = headers.get('last-event-id');
  if (lastSeen && route.type === 'subscription') given['lastEventId'] = lastSeen;

  const trail = readTrail(route.isPage && typeof given['cursor'] === 'string' ? given['cursor'] : '');
  if (route.isPage && 'cursor' in given) given['cursor'] = trail.cursors.at(-1);
  const input = route.input === null ? undefined : { ...given };
  return { input, trail, unknown: unknownFields(given, route.input === null ? NOTHING : route.inputSchema) };
}

const NOTHING = { type: 'object', properties: {} };

function put(given: Record<string, unknown>, field: string, value: string, from: string): void {
  if (Object.hasOwn(given, field) && given[field] !== value) {
    const message = `The ${from} and the rest of the request say different things.`;
    throw new RestFailure('VALIDATION_ERROR', message, { details: [{ field, message }] });
  }
  given[field] = value;
}

function rename(query: URLSearchParams, outside: string, inside: string): void {
  const values = query.getAll(outside);
  if (query.has(inside)) {
    throw new RestFailure('VALIDATION_ERROR', `This field is called ${outside} here.`, {
      details: [{ field: inside, message: NO_SUCH_FIELD }],
    });
  }
  query.delete(outside);
  for (const value of values) query.append(inside, value);
}

/** Codes of a database that cannot be reached, is starting, stopping, or has no connection left. */
const AWAY = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EPIPE'],
  ...['CONNECT_TIMEOUT', 'CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED'],
  ...['57P01', '57P02', '57P03', '53300', '08000', '08001', '08003', '08004', '08006'],
]);

/** A statement that ran out of its time, or waited too long for a lock that somebody else held. */
const TOO_SLOW = new Set(['57014', '55P03', '25P03']);

const MAX_DEPTH = 6;

/** True for an error that says nothing but: our records cannot be reached right now. */
export const isDatabaseAway = (error: unknown): boolean => hasCode(error, AWAY) || hasCode(error, TOO_SLOW);

function hasCode(error: unknown, codes: ReadonlySet<string>, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return false;
  const { code, cause, errors, $metadata } = error as Record<string, unknown>;
  // A storage service that is away is somebody else's trouble, and has a sentence of its own.
  if ($metadata !== undefined) return false;
  if (typeof code === 'string' && codes.has(code)) return true;
  const inner = [cause, ...(Array.isArray(errors) ? errors : [])];
  return inner.some((one) => hasCode(one, codes, depth + 1));
}

export const DATABASE_AWAY_SENTENCE = 'The database is away. Nothing is lost: try again in a moment.';
const TOO_LONG_SENTENCE = 'Our records took too long to answer. Nothing is lost: try again in a moment.';

/** What a person is told of an error that `isDatabaseAway`. */
export const awaySentenceOf = (error: unknown): string =>
  hasCode(error, TOO_SLOW) ? TOO_LONG_SENTENCE : DATABASE_AWAY_SENTENCE;

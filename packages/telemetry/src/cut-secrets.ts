/** Names under which nothing is ever told: what opens doors, and what people type. */
const SECRET_NAME =
  /pass(word|phrase)?$|password|secret|token|authori[sz]ation|cookie|prompt|api[-_]?key|private[-_]?key|idempotency|(^|[-_])key$|Key$|^(key|text|said|body|query|params|parameters|args|detail|input|output|email|address)$/i;
const CUT = '[cut]';
const DEEPEST = 4;
const LONGEST = 2_000;

/** Shapes of secrets within a text: logins in addresses, queries, bearer tokens, vendors' keys. */
const SHAPES: [RegExp, string][] = [
  [/(:\/\/)[^\s/@]+@/g, '$1[cut]@'],
  [/(https?:\/\/[^\s?#'"]+)\?[^\s'"]*/g, '$1?[cut]'],
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, '$1 [cut]'],
  [/\b(sk|pk|rk|whsec|rmx)[-_][\w-]{8,}/g, CUT],
  [/\bAIza[\w-]{20,}/g, CUT],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(\.[\w-]+)?/g, CUT],
];

const hidden = new Set<string>();

/** Values that never leave, wherever they stand: the secret settings of this installation. */
export function hideValues(values: readonly (string | undefined)[]): void {
  for (const value of values) if (value && value.length >= 6) hidden.add(value);
}

/** A text without what must not be told. */
export function cutText(text: string): string {
  let kept = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  for (const value of hidden) if (kept.includes(value)) kept = kept.replaceAll(value, CUT);
  for (const [shape, instead] of SHAPES) kept = kept.replace(shape, instead);
  return kept;
}

/** Facts without those whose name says that they are nobody's business. */
export function cutFacts(facts: Record<string, unknown>): Record<string, unknown> {
  return cutValue(facts, 0) as Record<string, unknown>;
}

function cutValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cutText(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  if (value instanceof Date) return value;
  if (value instanceof Error) return describeError(value);
  if (depth >= DEEPEST) return CUT;
  if (Array.isArray(value)) return value.slice(0, 20).map((one) => cutValue(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, SECRET_NAME.test(name) ? CUT : cutValue(inner, depth + 1)]),
  );
}

export type ErrorFacts = {
  type: string;
  message: string;
  code?: string;
  reason?: string;
  /** Where, without the message that Node puts on top. */
  stack?: string;
  cause?: ErrorFacts;
};

/**
 * What may be told of an error: its kind, its place, and words that hold nothing somebody typed. Query errors carry
 * the values of the query, Postgres quotes values, vendors quote prompts and keys: all that is left out.
 */
export function describeError(error: unknown, depth = 0): ErrorFacts {
  if (typeof error !== 'object' || error === null) {
    return { type: typeof error, message: cutText(String(error)).slice(0, 300) };
  }
  const { name, message, code, reason, stack, cause } = error as Record<string, unknown>;
  const frames = typeof stack === 'string' ? stack.split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return {
    type: typeof name === 'string' ? name : 'Error',
    message: wordsOf(error, String(message ?? '')),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    ...(typeof reason === 'string' && /^\w{1,40}$/.test(reason) ? { reason } : {}),
    ...(frames.length > 0 && depth === 0 ? { stack: frames.slice(0, 12).join('\n') } : {}),
    ...(cause && depth < DEEPEST ? { cause: describeError(cause, depth + 1) } : {}),
  };
}

function wordsOf(error: object, message: string): string {
  // A provider's error: `<provider>: <reason> (<words of the vendor>)`.
  if ('provider' in error && 'reason' in error) return `${String(error.provider)}: ${String(error.reason)}`;
  const isQuery = /^Failed query: /.test(message);
  // Statements of ours hold no values, but those put together by hand may: only the beginning is told.
  if (isQuery)
    return `${message
      .split('\nparams:')[0]!
      .replace(/'(?:[^']|'')*'/g, "'…'")
      .slice(0, 200)}`;
  // Postgres quotes the value it could not read behind a colon.
  if ('severity' in error) return cutText(message.replace(/: ".*$/s, ': "…"'));
  return cutText(message).slice(0, 500);
}

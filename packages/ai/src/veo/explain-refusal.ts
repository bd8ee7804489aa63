import { ProviderError, type ProviderErrorOptions, type ProviderFailure } from '../port.ts';

/** An operation that ended in an error: the vendor will say the same however often it is asked. */
export function explainOperationError(provider: string, error: { code: number; message: string }): ProviderError {
  const fail = (reason: ProviderFailure, options: ProviderErrorOptions = {}) =>
    new ProviderError(provider, reason, {
      detail: `operation error ${error.code} ${error.message}`.trim().slice(0, 1000),
      isOver: true,
      ...options,
    });
  const reason = REASONS[error.code] ?? 'unavailable';
  // Google's filters answer with several codes; only the words tell them from a fault in the request.
  if (reason !== 'rate_limited' && isAboutPolicy(error.message)) {
    return fail('refused', { said: inPlainWords([error.message]) });
  }
  return fail(reason);
}

/** By `google.rpc.Code`; some gateways put the HTTP status in its place. */
const REASONS: Record<number, ProviderFailure> = {
  3: 'invalid',
  400: 'invalid',
  4: 'timed_out',
  504: 'timed_out',
  5: 'misconfigured',
  404: 'misconfigured',
  7: 'misconfigured',
  403: 'misconfigured',
  8: 'rate_limited',
  429: 'rate_limited',
  9: 'invalid',
  11: 'invalid',
  12: 'invalid',
  16: 'misconfigured',
  401: 'misconfigured',
};

const POLICY =
  /usage guidelines|usage polic|content polic|our policies|responsible ai|safety (filter|polic|setting|reason)|sensitive words|prohibited|support codes?\b/i;

export const isAboutPolicy = (message: string): boolean => POLICY.test(message);

/** The vendor's reasons without its codes and asides; what a code stands for is spelt out. Undefined when it gave none. */
export function inPlainWords(reasons: readonly string[]): string | undefined {
  const sentences = reasons.map((reason) =>
    reason
      .replace(/support codes?\s*:?[\s\d,]*\.?/gi, '')
      .replace(/if you think this was an error,?\s*(please )?send feedback\.?/gi, '')
      .replace(/\b\d{8}\b,?/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  const codes = reasons.flatMap((reason) => reason.match(/\b\d{8}\b/g) ?? []);
  const topics = [...new Set(codes.flatMap((code) => TOPICS[code] ?? []))];
  const said = [...new Set(sentences)].filter(Boolean).map((sentence) => sentence.replace(/([^.!?])$/, '$1.'));
  if (topics.length > 0) said.push(`The filter names: ${topics.join(', ')}.`);
  return said.join(' ').slice(0, 500) || undefined;
}

/** Google's published categories of its support codes; those called "other" say nothing and are left out. */
const TOPICS: Record<string, string> = Object.fromEntries(
  Object.entries({
    'a child': ['58061214', '17301594'],
    'a well-known person': ['29310472', '15236754'],
    'the safety of the video': ['64151117', '42237218'],
    'dangerous content': ['62263041'],
    hate: ['57734940', '22137204'],
    'a face': ['39322892'],
    'personal information': ['92201652'],
    'prohibited content': ['89371032', '49114662', '63429089', '72817394', '60599140'],
    'sexual content': ['90789179', '43188360'],
    "other people's content": ['35561574', '35561575'],
    'toxic language': ['78610348'],
    violence: ['61493863', '56562880'],
    'vulgar language': ['32635315'],
  }).flatMap(([topic, codes]) => codes.map((code) => [code, topic])),
);

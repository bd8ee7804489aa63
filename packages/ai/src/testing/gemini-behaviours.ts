import { SAMPLE_WORDS } from './sample-answers.ts';

/** What Google's servers do and have been seen to do, for a local server to do on request. */
export type GeminiBehaviour =
  /** What was asked for (a painted picture, an object of the schema, words, vectors). `until` holds the answer back. */
  | {
      is: 'success';
      image?: Uint8Array;
      mimeType?: string;
      /** Beside a picture; in place of the usual words. */
      text?: string;
      /** How an object of the schema is wrapped. */
      wrapped?: 'in a fence' | 'in prose';
      thoughts?: boolean;
      /** Headers after so long, then the body in pieces. */
      afterMs?: number;
      until?: Promise<unknown>;
      continuationToken?: string;
      finishReason?: string;
    }
  /** An OK without a picture or an object: a refusal, only words, or nothing. */
  | { is: 'no picture'; finishReason?: string; finishMessage?: string; text?: string }
  | { is: 'blocked prompt'; blockReason: string; message?: string }
  | { is: 'error'; status: number; code: string; message: string; details?: object[]; retryAfter?: string }
  /** An answer that is no JSON, or JSON of another kind, as it stands. */
  | { is: 'raw'; status?: number; contentType?: string; body: string; headers?: Record<string, string> }
  /** Mid-body: after half of an answer, or after the first event of a stream. */
  | { is: 'reset'; when: 'before headers' | 'mid-body' }
  | { is: 'stall'; when: 'before headers' | 'mid-body' }
  | { is: 'truncated JSON' }
  /** Only streams: one event, then an end in order. */
  | { is: 'cut between events' }
  | { is: 'huge body'; bytes: number };

const quota = (quotaId: string, quotaValue: string, retryDelay: string): object[] => [
  {
    '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
    violations: [{ quotaMetric: 'generativelanguage.googleapis.com/generate_content_requests', quotaId, quotaValue }],
  },
  { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay },
];
const errorInfo = (reason: string): object => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason,
  domain: 'googleapis.com',
});
const EXHAUSTED = { is: 'error', status: 429, code: 'RESOURCE_EXHAUSTED' } as const;

/** The behaviours that have a name, each as Google words it. */
export const NAMED_BEHAVIOURS = {
  success: { is: 'success' },
  'success with thoughts and words': { is: 'success', thoughts: true, text: 'I made it snow.' },
  'slow success': { is: 'success', afterMs: 200 },
  'fenced JSON': { is: 'success', wrapped: 'in a fence' },
  'JSON in prose': { is: 'success', wrapped: 'in prose' },
  'continuing success': { is: 'success', continuationToken: 'more' },
  'image safety': { is: 'no picture', finishReason: 'IMAGE_SAFETY', finishMessage: 'The image violates our policy.' },
  'prohibited content': { is: 'no picture', finishReason: 'PROHIBITED_CONTENT' },
  recitation: { is: 'no picture', finishReason: 'IMAGE_RECITATION' },
  'no image': { is: 'no picture', finishReason: 'NO_IMAGE' },
  'blocked prompt': { is: 'blocked prompt', blockReason: 'PROHIBITED_CONTENT' },
  'polite words': {
    is: 'no picture',
    finishReason: 'STOP',
    text: 'I would rather not paint that. May I suggest a cat?',
  },
  'empty content': { is: 'no picture', finishReason: 'STOP' },
  'only words': { is: 'no picture', finishReason: 'STOP', text: SAMPLE_WORDS },
  'spent on thoughts': { is: 'no picture', finishReason: 'MAX_TOKENS' },
  safety: { is: 'no picture', finishReason: 'SAFETY' },
  nothing: { is: 'raw', body: '{}' },
  'bad request': { is: 'error', status: 400, code: 'INVALID_ARGUMENT', message: 'Unable to process input image.' },
  'bad key': {
    is: 'error',
    status: 400,
    code: 'INVALID_ARGUMENT',
    message: 'API key not valid. Please pass a valid API key.',
    details: [errorInfo('API_KEY_INVALID')],
  },
  'no billing': {
    is: 'error',
    status: 400,
    code: 'FAILED_PRECONDITION',
    message: 'Gemini API free tier is not available in your country. Please enable billing on your project.',
  },
  unauthenticated: {
    is: 'error',
    status: 401,
    code: 'UNAUTHENTICATED',
    message: 'Request had invalid credentials: test-key.',
  },
  forbidden: {
    is: 'error',
    status: 403,
    code: 'PERMISSION_DENIED',
    message: "Permission denied: Consumer 'api_key:test-key' has been suspended.",
  },
  'model retired': {
    is: 'error',
    status: 404,
    code: 'NOT_FOUND',
    message: 'models/gemini-old is not found for API version v1, or is not supported for generateContent.',
  },
  'request timeout': { is: 'error', status: 408, code: 'CANCELLED', message: 'Request timed out.' },
  'deadline exceeded': {
    is: 'error',
    status: 504,
    code: 'DEADLINE_EXCEEDED',
    message: 'Deadline expired before operation could complete.',
  },
  'rate limit': { ...EXHAUSTED, message: 'Resource has been exhausted (e.g. check quota).' },
  'rate limit with retry-after': { ...EXHAUSTED, message: 'Too many requests.', retryAfter: '7' },
  'rate limit with retry info': {
    ...EXHAUSTED,
    message: 'You exceeded your current quota, please check your plan and billing details.',
    details: quota('GenerateRequestsPerMinutePerProjectPerModel', '10', '34.5s'),
  },
  'daily quota': {
    ...EXHAUSTED,
    message: 'You exceeded your current quota, please check your plan and billing details.',
    details: quota('GenerateRequestsPerDayPerProjectPerModel', '250', '12s'),
  },
  'no quota': {
    ...EXHAUSTED,
    message: 'You exceeded your current quota, please check your plan and billing details.',
    details: quota('GenerateRequestsPerMinutePerProjectPerModel-FreeTier', '0', '12s'),
  },
  'internal error': { is: 'error', status: 500, code: 'INTERNAL', message: 'An internal error has occurred.' },
  overloaded: {
    is: 'error',
    status: 503,
    code: 'UNAVAILABLE',
    message: 'The model is overloaded. Please try again later.',
  },
  'bad gateway': { is: 'raw', status: 502, contentType: 'text/html', body: '<html><h1>502 Bad Gateway</h1></html>' },
  redirect: {
    is: 'raw',
    status: 302,
    contentType: 'text/html',
    body: 'moved',
    headers: { location: 'http://127.0.0.1:9/' },
  },
  'reset before headers': { is: 'reset', when: 'before headers' },
  'reset mid-body': { is: 'reset', when: 'mid-body' },
  'stall before headers': { is: 'stall', when: 'before headers' },
  'stall mid-body': { is: 'stall', when: 'mid-body' },
  'truncated JSON': { is: 'truncated JSON' },
  'cut between events': { is: 'cut between events' },
  'HTML with 200': { is: 'raw', contentType: 'text/html', body: '<!doctype html><title>Sign in to the hotel</title>' },
  'JSON of another kind': { is: 'raw', body: '{"candidates":"none"}' },
  'JSON null': { is: 'raw', body: 'null' },
  'bytes that are no image': { is: 'success', image: Buffer.from('<html>not a picture</html>') },
  'huge body': { is: 'huge body', bytes: 80 * 1024 * 1024 },
} as const satisfies Record<string, GeminiBehaviour>;

export type GeminiBehaviourName = keyof typeof NAMED_BEHAVIOURS;

/** What Vertex's servers do and have been seen to do, at any of their doors. */
export type VeoBehaviour =
  /** What the door does when all is well: a handle, the operation as it stands, a token, the stored bytes. */
  | { is: 'well'; until?: Promise<unknown>; inPieces?: boolean }
  /** Status 200 and this JSON. */
  | { is: 'answer'; body: unknown }
  | { is: 'error'; status: number; code: string; message: string; details?: object[]; retryAfter?: string }
  /** An answer that is no JSON, or JSON of another kind, as it stands. */
  | {
      is: 'raw';
      status?: number;
      contentType?: string;
      body: string | Uint8Array;
      headers?: Record<string, string>;
    }
  | { is: 'reset'; when: 'before headers' | 'mid-body' }
  | { is: 'stall'; when: 'before headers' | 'mid-body' }
  | { is: 'truncated' }
  | { is: 'huge body'; bytes: number };

const done = (response: object): VeoBehaviour => ({
  is: 'answer',
  body: { name: 'operations/any', done: true, response },
});
const failed = (code: number, message: string): VeoBehaviour => ({
  is: 'answer',
  body: { name: 'operations/any', done: true, error: { code, message } },
});
const FILTERED =
  "Veo could not generate videos because the input image violates Vertex AI's usage guidelines. " +
  'If you think this was an error, send feedback. Support codes: 15236754';
/** Stands in an error's words for the token that the request bore. */
export const THE_TOKEN = '{token}';

/** The behaviours that have a name, each as Google words it. */
export const VEO_BEHAVIOURS = {
  well: { is: 'well' },
  slow: { is: 'well', inPieces: true },
  running: { is: 'answer', body: { name: 'operations/any', metadata: {} } },

  // How an operation ends without a film.
  filtered: done({ raiMediaFilteredCount: 1, raiMediaFilteredReasons: [FILTERED] }),
  'filtered, nested': done({
    generateVideoResponse: { raiMediaFilteredCount: 1, raiMediaFilteredReasons: [FILTERED] },
  }),
  'filtered, no videos': done({ videos: [], raiMediaFilteredCount: 1 }),
  'filtered, bare code': done({ videos: [], raiMediaFilteredReasons: ['58061214'] }),
  'done without anything': { is: 'answer', body: { name: 'operations/any', done: true } },
  'no videos': done({ videos: [] }),
  'a video of nothing': done({ videos: [{ mimeType: 'video/mp4' }] }),
  'policy error': failed(3, `The prompt could not be submitted. ${FILTERED}`),
  'argument error': failed(3, 'Image width and height must be at least 64 pixels.'),
  'exhausted error': failed(8, 'Resource exhausted. Please try again later.'),
  'internal error': failed(13, 'Video generation failed due to an internal server issue.'),
  'overload error': failed(14, 'The service is currently unavailable.'),
  'deadline error': failed(4, 'Deadline expired before operation could complete.'),
  'permission error': failed(7, 'Permission denied on the storage bucket.'),
  'bytes that are no film': done({
    videos: [{ bytesBase64Encoded: Buffer.from('<html>no film</html>').toString('base64'), mimeType: 'video/mp4' }],
  }),

  'bad request': {
    is: 'error',
    status: 400,
    code: 'INVALID_ARGUMENT',
    message: 'Unsupported output video duration 5.',
  },
  'sensitive words': {
    is: 'error',
    status: 400,
    code: 'INVALID_ARGUMENT',
    message:
      "The prompt could not be submitted. This prompt contains sensitive words that violate Google's Responsible AI practices.",
  },
  unauthenticated: {
    is: 'error',
    status: 401,
    code: 'UNAUTHENTICATED',
    message: `Request had invalid authentication credentials: ${THE_TOKEN}`,
  },
  forbidden: {
    is: 'error',
    status: 403,
    code: 'PERMISSION_DENIED',
    message: `Permission 'aiplatform.endpoints.predict' denied for the bearer of ${THE_TOKEN}.`,
  },
  'model retired': {
    is: 'error',
    status: 404,
    code: 'NOT_FOUND',
    message:
      'Publisher Model `publishers/google/models/veo-old` was not found or your project does not have access to it.',
  },
  'request timeout': { is: 'error', status: 408, code: 'CANCELLED', message: 'Request timed out.' },
  'rate limit': {
    is: 'error',
    status: 429,
    code: 'RESOURCE_EXHAUSTED',
    message:
      'Quota exceeded for aiplatform.googleapis.com/long_running_online_prediction_requests_per_base_model with base model: veo-3.1-generate.',
  },
  'rate limit with retry-after': {
    is: 'error',
    status: 429,
    code: 'RESOURCE_EXHAUSTED',
    message: 'Too many requests.',
    retryAfter: '7',
  },
  'server error': { is: 'error', status: 500, code: 'INTERNAL', message: 'Internal error encountered.' },
  overloaded: { is: 'error', status: 503, code: 'UNAVAILABLE', message: 'The service is currently unavailable.' },
  redirect: { is: 'raw', status: 302, body: 'moved', headers: { location: 'http://127.0.0.1:9/' } },
  'not found page': { is: 'raw', status: 404, contentType: 'text/html', body: '<html><h1>404</h1></html>' },
  'web page': { is: 'raw', contentType: 'text/html', body: '<!doctype html><title>Sign in to the hotel</title>' },
  'JSON of another kind': { is: 'raw', body: '["operations"]' },
  'JSON null': { is: 'raw', body: 'null' },
  'empty object': { is: 'raw', body: '{}' },
  'reset before headers': { is: 'reset', when: 'before headers' },
  'reset mid-body': { is: 'reset', when: 'mid-body' },
  'stall before headers': { is: 'stall', when: 'before headers' },
  'stall mid-body': { is: 'stall', when: 'mid-body' },
  truncated: { is: 'truncated' },
  'huge body': { is: 'huge body', bytes: 160 * 1024 * 1024 },
} as const satisfies Record<string, VeoBehaviour>;

export type VeoBehaviourName = keyof typeof VEO_BEHAVIOURS;

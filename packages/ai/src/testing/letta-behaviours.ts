import type { Mishap } from './anthropic-mishaps.ts';
import { SAMPLE_DELTAS } from './sample-answers.ts';

/** What Letta's servers, and gateways before them, do and have been seen to do. */
export type LettaBehaviour =
  /**
   * What was asked for. Of an agent that is asked: `texts` are its messages, between thoughts and tools. It works
   * until `until`, also for a client that has left.
   */
  | {
      is: 'well';
      texts?: readonly string[];
      stopReason?: string;
      /** How its run is noted down (default `completed`). */
      run?: 'completed' | 'failed' | 'cancelled';
      tokens?: number;
      until?: Promise<unknown>;
      mishap?: Mishap;
    }
  | { is: 'error'; status: number; body: object; headers?: Record<string, string> }
  | { is: 'raw'; status?: number; contentType?: string; body: string; headers?: Record<string, string> }
  /** The connection is reset before anything was kept. */
  | { is: 'lost' }
  | { is: 'huge body'; bytes: number };

const error = (status: number, detail: unknown, headers: Record<string, string> = {}): LettaBehaviour => ({
  is: 'error',
  status,
  body: { detail },
  headers,
});
const cloud = (status: number, body: object): LettaBehaviour => ({ is: 'error', status, body });
const mishap = (mishap: Mishap): LettaBehaviour => ({ is: 'well', mishap });
export const BUSY = 'CONFLICT: Cannot send a new message: Another request is currently being processed.';
const RATE = { error: 'Rate limited', reasons: ['requests'] };

/** The behaviours that have a name, each as Letta words it. `%KEY%` becomes the key that was shown. */
export const LETTA_BEHAVIOURS = {
  well: { is: 'well' },
  slow: mishap({ is: 'late' }),
  'several messages': { is: 'well', texts: ['Let me see.', ...SAMPLE_DELTAS] },
  'only thoughts': { is: 'well', texts: [] },
  'model failed': { is: 'well', texts: [], stopReason: 'llm_api_error', run: 'failed', tokens: 0 },
  'model failed on the way': { is: 'well', texts: ['Let me see.'], stopReason: 'llm_api_error', run: 'failed' },
  'agent was stopped': { is: 'well', texts: [], stopReason: 'cancelled', run: 'cancelled' },
  'steps used up': { is: 'well', texts: ['As far as I got: snow.'], stopReason: 'max_steps' },
  'credits used up on the way': { is: 'well', texts: [], stopReason: 'insufficient_credits', run: 'failed' },
  'wants an approval': { is: 'well', texts: ['May I?'], stopReason: 'requires_approval' },
  'bad request': error(400, 'Message content is empty or invalid'),
  'not valid': error(422, [{ type: 'missing', loc: ['body', 'text'], msg: 'Field required', input: {} }]),
  unauthenticated: error(401, 'Unauthorized: %KEY% is no valid token'),
  forbidden: error(403, 'The token does not belong to this project'),
  'agent gone': error(404, 'Agent agent-gone not found'),
  'request timeout': error(408, 'Request timed out'),
  busy: error(409, BUSY),
  'waits for approval': error(
    409,
    'PENDING_APPROVAL: Cannot send a new message: The agent is waiting for approval on a tool call.',
  ),
  'rate limit': cloud(429, RATE),
  'rate limit with retry-after': { is: 'error', status: 429, body: RATE, headers: { 'retry-after': '7' } },
  'plan used up': cloud(429, { error: 'Rate limited', reasons: ['premium-usage-exceeded'] }),
  'no credits': cloud(402, { error: 'Payment required', reasons: ['not-enough-credits'] }),
  'internal error': error(500, 'An internal server error occurred'),
  'model unreachable': error(502, { error: { type: 'llm_error', message: 'An error occurred with the LLM' } }),
  unavailable: error(503, 'The database is temporarily unavailable. Please try again later.'),
  'gateway timeout': { is: 'raw', status: 524, contentType: 'text/html', body: '<html>524: A timeout</html>' },
  'asks to be asked again': { is: 'error', status: 400, body: { detail: 'x' }, headers: { 'x-should-retry': 'true' } },
  lost: { is: 'lost' },
  'reset before headers': mishap({ is: 'reset', when: 'before headers' }),
  'reset mid-body': mishap({ is: 'reset', when: 'mid-body' }),
  'stall before headers': { is: 'well', until: new Promise(() => {}) },
  'stall mid-body': mishap({ is: 'stall', when: 'mid-body' }),
  'truncated body': mishap({ is: 'cut', where: 'in a piece' }),
  'HTML with 200': { is: 'raw', contentType: 'text/html', body: '<html><body>Welcome to the proxy</body></html>' },
  'JSON of another kind': { is: 'raw', body: '{"data":[]}' },
  'JSON null': { is: 'raw', body: 'null' },
  'no body': { is: 'raw', body: '', headers: { 'content-length': '0' } },
  redirect: { is: 'raw', status: 307, body: '', headers: { location: '/elsewhere' } },
  'huge body': { is: 'huge body', bytes: 12 * 1024 * 1024 },
} as const satisfies Record<string, LettaBehaviour>;
export type LettaBehaviourName = keyof typeof LETTA_BEHAVIOURS;

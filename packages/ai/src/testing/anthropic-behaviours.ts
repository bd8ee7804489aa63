import type { Mishap } from './anthropic-mishaps.ts';
import { SAMPLE_WORDS } from './sample-answers.ts';

export type AnthropicBlock =
  | { type: 'text'; text: string }
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'tool_use'; id: string; name: string; input: unknown };

export type AnthropicStopDetails = { type: 'refusal'; category: string | null; explanation: string | null };

/** What Anthropic's servers, and gateways before them, do and have been seen to do. */
export type AnthropicBehaviour =
  /** What was asked for, after a thought; `around` are words before and after the JSON. `until` holds it back. */
  | { is: 'success'; around?: readonly [string, string]; until?: Promise<unknown>; mishap?: Mishap }
  /** An OK with this in it, streamed where a stream was asked for. */
  | {
      is: 'message';
      content: readonly AnthropicBlock[];
      stopReason: string | null;
      stopDetails?: AnthropicStopDetails;
      usage?: object;
    }
  | {
      is: 'error';
      status: number;
      type: string;
      message: string;
      code?: string;
      headers?: Record<string, string>;
    }
  /** A stream that tells an error, before its first event or after its first words. */
  | { is: 'error in the stream'; when: 'at once' | 'after words'; type: string; message: string }
  | { is: 'raw'; status?: number; contentType?: string; body: string; headers?: Record<string, string> }
  | { is: 'huge body'; bytes: number };

const error = (
  status: number,
  type: string,
  message: string,
  { code, retryAfter }: { code?: string; retryAfter?: string } = {},
): AnthropicBehaviour => ({
  is: 'error',
  status,
  type,
  message,
  ...(code && { code }),
  ...(retryAfter && { headers: { 'retry-after': retryAfter } }),
});
const success = (mishap: Mishap): AnthropicBehaviour => ({ is: 'success', mishap });
const RATE = "This request would exceed your organization's rate limit of 40,000 input tokens per minute.";

/** The behaviours that have a name, each as Anthropic words it. */
export const ANTHROPIC_BEHAVIOURS = {
  success: { is: 'success' },
  'slow success': success({ is: 'late' }),
  'fenced JSON': { is: 'success', around: ['```json\n', '\n```'] },
  'JSON in prose': { is: 'success', around: ['Here is what you asked for: ', ' Shall I go on?'] },
  refusal: {
    is: 'message',
    content: [],
    stopReason: 'refusal',
    stopDetails: { type: 'refusal', category: 'general_harms', explanation: 'The request was determined as harmful.' },
  },
  'refusal after words': {
    is: 'message',
    content: [{ type: 'text', text: 'First, take ' }],
    stopReason: 'refusal',
  },
  'only words': { is: 'message', content: [{ type: 'text', text: SAMPLE_WORDS }], stopReason: 'end_turn' },
  nothing: { is: 'message', content: [], stopReason: 'end_turn' },
  'only thoughts': {
    is: 'message',
    content: [{ type: 'thinking', thinking: 'Hm.', signature: 'c2ln' }],
    stopReason: 'max_tokens',
  },
  'bad request': error(400, 'invalid_request_error', 'messages.0: the prompt is too long'),
  'no credit': error(
    400,
    'invalid_request_error',
    'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
  ),
  'usage limit': error(
    400,
    'invalid_request_error',
    'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
  ),
  'on hold': error(400, 'invalid_request_error', 'This organization is on hold.', { code: 'organization_on_hold' }),
  'bill unpaid': error(402, 'billing_error', 'There is an issue with your billing or payment information.'),
  unauthenticated: error(401, 'authentication_error', 'invalid bearer token'),
  forbidden: error(403, 'permission_error', 'Your API key does not have permission to use the specified resource.'),
  'model retired': error(404, 'not_found_error', 'model: claude-old'),
  'request timeout': error(408, 'timeout_error', 'Request timed out.'),
  'gateway timeout': error(504, 'timeout_error', 'The request timed out while processing.'),
  'too large': error(413, 'request_too_large', 'Request exceeds the maximum size'),
  'rate limit': error(429, 'rate_limit_error', RATE),
  'rate limit with retry-after': error(429, 'rate_limit_error', RATE, { retryAfter: '7' }),
  'spend limit': error(429, 'rate_limit_error', 'The monthly threshold of your tier is crossed.', {
    code: 'enforced_spend_limit_reached',
    retryAfter: '3600',
  }),
  'internal error': error(500, 'api_error', 'Internal server error'),
  'bad gateway': { is: 'raw', status: 502, contentType: 'text/html', body: '<html>502 Bad Gateway</html>' },
  unavailable: error(503, 'api_error', 'Service unavailable'),
  overloaded: error(529, 'overloaded_error', 'Overloaded', { retryAfter: '2' }),
  'asks to be asked again': {
    is: 'error',
    status: 400,
    type: 'invalid_request_error',
    message: 'Try again.',
    headers: { 'x-should-retry': 'true' },
  },
  'names the key': {
    is: 'raw',
    status: 401,
    body: '{"error":{"message":"Invalid proxy token. Received API Key = %KEY%","type":"auth_error","code":"401"}}',
  },
  'overloaded at once': { is: 'error in the stream', when: 'at once', type: 'overloaded_error', message: 'Overloaded' },
  'overloaded after words': {
    is: 'error in the stream',
    when: 'after words',
    type: 'overloaded_error',
    message: 'Overloaded',
  },
  'reset before headers': success({ is: 'reset', when: 'before headers' }),
  'reset mid-body': success({ is: 'reset', when: 'mid-body' }),
  'stall before headers': success({ is: 'stall', when: 'before headers' }),
  'stall mid-body': success({ is: 'stall', when: 'mid-body' }),
  'truncated body': success({ is: 'cut', where: 'in a piece' }),
  'cut between events': success({ is: 'cut', where: 'between pieces' }),
  'HTML with 200': { is: 'raw', contentType: 'text/html', body: '<html><body>Welcome to the proxy</body></html>' },
  'JSON of another kind': { is: 'raw', body: '{"choices":[{"message":{"content":"hello"}}]}' },
  'JSON null': { is: 'raw', body: 'null' },
  'no body': { is: 'raw', body: '', headers: { 'content-length': '0' } },
  redirect: { is: 'raw', status: 307, body: '', headers: { location: '/elsewhere' } },
  'huge body': { is: 'huge body', bytes: 12 * 1024 * 1024 },
} as const satisfies Record<string, AnthropicBehaviour>;
export type AnthropicBehaviourName = keyof typeof ANTHROPIC_BEHAVIOURS;

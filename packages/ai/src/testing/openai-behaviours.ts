/** What OpenAI's and Azure's servers do and have been seen to do, for a local server to do on request. */
export type OpenAiBehaviour =
  /** What was asked for. A picture (default: painted from the request) or `words` (default: the samples). */
  | {
      is: 'success';
      image?: Uint8Array;
      /** Behind an address instead of in the answer; `url` names another one than the server's own. */
      as?: 'b64_json' | 'url';
      url?: string;
      /** What the server does when that address is asked. */
      file?: 'gone' | 'stalls' | 'redirects' | 'is a web page';
      revisedPrompt?: string;
      words?: string;
      /** Late headers, then the body in pieces. */
      slowly?: boolean;
      until?: Promise<unknown>;
    }
  /** An OK whose list of pictures is this. */
  | { is: 'pictures'; data: object[] }
  /** An OK that ends like this, streamed where a stream was asked for. */
  | { is: 'chat'; content: string | null; refusal?: string; finishReason: string }
  /** An OK with this as its list of vectors. */
  | { is: 'vectors'; data: object[] }
  /** `%KEY%` in it becomes the key that was shown. */
  | { is: 'error'; status: number; body: object; headers?: Record<string, string> }
  /** A stream that tells an error after its first words. */
  | { is: 'error in the stream'; error: object }
  /** A stream that ends in order after its first words, without its end. */
  | { is: 'cut between events' }
  /** An answer that is no JSON, or JSON of another kind, as it stands. */
  | { is: 'raw'; status?: number; contentType?: string; body: string; headers?: Record<string, string> }
  | { is: 'reset'; when: 'before headers' | 'mid-body' }
  | { is: 'stall'; when: 'before headers' | 'mid-body' }
  | { is: 'truncated JSON' }
  | { is: 'huge body'; bytes: number };

type Both = { openai: OpenAiBehaviour; azure: OpenAiBehaviour };

type Told = { message: string; type?: string; param?: string | null; code?: string | null };
const openai = (status: number, told: Told, headers: Record<string, string> = {}): OpenAiBehaviour => ({
  is: 'error',
  status,
  headers,
  body: { error: { type: 'invalid_request_error', param: null, code: null, ...told } },
});
const azure = (
  status: number,
  error: { code: string | null; message: string; [more: string]: unknown },
  headers: Record<string, string> = {},
): OpenAiBehaviour => ({ is: 'error', status, headers, body: { error } });

const FILTERED =
  "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry. To learn more about our content filtering policies please read our documentation: https://go.microsoft.com/fwlink/?linkid=2198766";
const IPM =
  'Rate limit reached for gpt-image-2.5-flare in organization org-wire on images per min (IPM): Limit 5, Used 5, Requested 1.';
const S0 =
  'Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2025-04-01-preview have exceeded token rate limit of your current OpenAI S0 pricing tier.';
const QUOTA_PAGE =
  'Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit.';
const safe = { filtered: false, severity: 'safe' };

/** The behaviours that have a name, each as its vendor words it. */
export const OPENAI_BEHAVIOURS = {
  success: both({ is: 'success' }),
  'slow success': both({ is: 'success', slowly: true }),
  'success behind an address': both({ is: 'success', as: 'url', revisedPrompt: 'A night full of snow.' }),
  'no picture': both({ is: 'pictures', data: [] }),
  'picture left out by the filter': both({
    is: 'pictures',
    data: [
      {
        revised_prompt: 'A fight.',
        content_filter_results: { hate: safe, violence: { filtered: true, severity: 'high' } },
      },
    ],
  }),
  'no words': both({ is: 'chat', content: null, finishReason: 'stop' }),
  'all tokens thought away': both({ is: 'chat', content: '', finishReason: 'length' }),
  'no vectors': both({ is: 'vectors', data: [] }),
  'polite refusal': both({
    is: 'chat',
    content: null,
    refusal: "I'm sorry, I can't assist with that.",
    finishReason: 'stop',
  }),
  'cut off by the filter': both({ is: 'chat', content: 'First you ', finishReason: 'content_filter' }),
  'cut off by the limit': both({ is: 'chat', content: '{"ideas":[{"title":"one"},{"tit', finishReason: 'length' }),
  'refused picture': {
    openai: openai(400, {
      message:
        'Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and include the request ID req_wire. safety_violations=[violence].',
      type: 'image_generation_user_error',
      code: 'moderation_blocked',
    }),
    azure: azure(400, {
      code: 'content_policy_violation',
      message: 'Your request was rejected as a result of our safety system.',
      param: 'prompt',
      type: 'invalid_request_error',
      inner_error: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_results: {
          hate: safe,
          violence: { filtered: true, severity: 'medium' },
          jailbreak: { detected: false, filtered: false },
        },
        revised_prompt: 'A fight in the snow.',
      },
    }),
  },
  'refused prompt': {
    openai: openai(400, {
      message:
        'Invalid prompt: your prompt was flagged as potentially violating our usage policy. Please try again with a different prompt.',
      code: 'invalid_prompt',
    }),
    azure: azure(400, {
      message: FILTERED,
      type: null,
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      innererror: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_result: {
          hate: safe,
          self_harm: safe,
          sexual: { filtered: true, severity: 'high' },
          violence: safe,
        },
      },
    }),
  },
  'bad request': {
    openai: openai(400, {
      message: 'Invalid image file or mode for image 1, please check your image file.',
      param: 'image',
      code: 'invalid_image_file',
    }),
    azure: azure(400, { code: 'BadRequest', message: 'Invalid image format.' }),
  },
  'bad key': {
    openai: openai(401, {
      message:
        'Incorrect API key provided: %KEY%. You can find your API key at https://platform.openai.com/account/api-keys.',
      code: 'invalid_api_key',
    }),
    azure: azure(401, {
      code: '401',
      message:
        'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
    }),
  },
  'gateway without our words': both({
    is: 'error',
    status: 401,
    body: {
      statusCode: 401,
      message: 'Unauthorized. Access token is missing, invalid, audience is incorrect, or have expired.',
    },
  }),
  forbidden: {
    openai: openai(403, {
      message: 'Project `proj_wire` does not have access to model `gpt-image-2.5-flare` with %KEY%',
      code: 'model_not_found',
    }),
    azure: azure(403, { code: '403', message: 'Access denied due to Virtual Network/Firewall rules.' }),
  },
  'unverified organization': both(
    openai(403, {
      message:
        'Your organization must be verified to use the model `gpt-image-2.5-flare`. Please go to: https://platform.openai.com/settings/organization/general and click on Verify Organization.',
    }),
  ),
  'model retired': {
    openai: openai(404, {
      message: 'The model `gpt-image-1` does not exist or you do not have access to it.',
      code: 'model_not_found',
    }),
    azure: azure(404, {
      code: 'DeploymentNotFound',
      message:
        'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
    }),
  },
  'request timeout': {
    openai: openai(408, { message: 'Request timed out.', type: 'timeout' }),
    azure: azure(408, { code: 'Timeout', message: 'The operation was timeout.' }),
  },
  'rate limit': {
    openai: openai(429, { message: IPM, type: 'images', code: 'rate_limit_exceeded' }),
    azure: azure(429, { code: '429', message: `${S0} ${QUOTA_PAGE}` }),
  },
  'rate limit with retry-after': {
    openai: openai(429, { message: IPM, type: 'images', code: 'rate_limit_exceeded' }, { 'retry-after': '7' }),
    azure: azure(429, { code: '429', message: `${S0} ${QUOTA_PAGE}` }, { 'retry-after': '7' }),
  },
  'rate limit in words': {
    openai: openai(429, {
      message: `${IPM} Please try again in 1m7.5s. Visit https://platform.openai.com/account/rate-limits to learn more.`,
      type: 'images',
      code: 'rate_limit_exceeded',
    }),
    azure: azure(429, { code: '429', message: `${S0} Please retry after 67.5 seconds. ${QUOTA_PAGE}` }),
  },
  'rate limit that asks for a retry': both(
    openai(429, { message: IPM, code: 'rate_limit_exceeded' }, { 'x-should-retry': 'true', 'retry-after-ms': '1' }),
  ),
  'request too large': both(
    openai(429, {
      message:
        'Request too large for gpt-5-mini in organization org-wire on tokens per min (TPM): Limit 30000, Requested 46103. The input or output tokens must be reduced in order to run successfully.',
      type: 'tokens',
      code: 'rate_limit_exceeded',
    }),
  ),
  'spent quota': both(
    openai(
      429,
      {
        message:
          'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
        type: 'insufficient_quota',
        code: 'insufficient_quota',
      },
      { 'x-should-retry': 'true' },
    ),
  ),
  'billing limit': both(
    openai(400, {
      message: 'Billing hard limit has been reached',
      type: 'billing_limit_user_error',
      code: 'billing_hard_limit_reached',
    }),
  ),
  'wrong operation': both(
    azure(400, {
      code: 'OperationNotSupported',
      message:
        'The chatCompletion operation does not work with the specified model, text-embedding-3-small. Please choose different model and try again.',
    }),
  ),
  'same key twice': both(
    openai(409, { message: 'A request with the same idempotency key is being processed.', code: 'conflict' }),
  ),
  'internal error': {
    openai: openai(500, {
      message: 'The server had an error while processing your request. Sorry about that!',
      type: 'server_error',
    }),
    azure: azure(500, {
      code: 'InternalServerError',
      message: 'Backend returned unexpected response. Please contact Microsoft for help.',
    }),
  },
  overloaded: {
    openai: openai(503, {
      message: 'The engine is currently overloaded, please try again later',
      type: 'service_unavailable',
    }),
    azure: azure(503, {
      code: 'ServiceUnavailable',
      message: 'The service is temporarily unable to process your request. Please try again later.',
    }),
  },
  'bad gateway': both({
    is: 'raw',
    status: 502,
    contentType: 'text/html',
    body: '<html><h1>502 Bad Gateway</h1></html>',
  }),
  'gateway timeout': both({
    is: 'raw',
    status: 524,
    contentType: 'text/html',
    body: '<html>A timeout occurred</html>',
  }),
  redirect: both({
    is: 'raw',
    status: 307,
    contentType: 'text/html',
    body: 'moved',
    headers: { location: 'http://127.0.0.1:9/' },
  }),
  'server error in the stream': both({
    is: 'error in the stream',
    error: {
      message: 'The server had an error while processing your request.',
      type: 'server_error',
      param: null,
      code: null,
    },
  }),
  'filter in the stream': both({
    is: 'error in the stream',
    error: { message: FILTERED, type: null, param: 'prompt', code: 'content_filter' },
  }),
  'cut between events': both({ is: 'cut between events' }),
  'reset before headers': both({ is: 'reset', when: 'before headers' }),
  'reset mid-body': both({ is: 'reset', when: 'mid-body' }),
  'stall before headers': both({ is: 'stall', when: 'before headers' }),
  'stall mid-body': both({ is: 'stall', when: 'mid-body' }),
  'truncated JSON': both({ is: 'truncated JSON' }),
  'HTML with 200': both({
    is: 'raw',
    contentType: 'text/html',
    body: '<!doctype html><title>Sign in to the hotel</title>',
  }),
  'JSON of another kind': both({ is: 'raw', body: '{"data":"none","choices":"none"}' }),
  'JSON null': both({ is: 'raw', body: 'null' }),
  'empty body': both({ is: 'raw', body: '' }),
  'bytes that are no image': both({ is: 'success', image: Buffer.from('<html>not a picture</html>') }),
  'huge body': both({ is: 'huge body', bytes: 80 * 1024 * 1024 }),
} satisfies Record<string, Both>;

export type OpenAiBehaviourName = keyof typeof OPENAI_BEHAVIOURS;

function both(behaviour: OpenAiBehaviour): Both {
  return { openai: behaviour, azure: behaviour };
}

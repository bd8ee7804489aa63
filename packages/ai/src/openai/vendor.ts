import { AzureOpenAI, OpenAI } from 'openai';
import { ProviderError } from '../port.ts';

/** Who answers: the same wire format stands at two addresses, with another way to show the key. */
export type Vendor = {
  provider: 'openai' | 'azure';
  /** Provider and model or deployment. */
  name: string;
  /** What the wire wants in `model`. */
  model: string;
  apiKey: string;
  /** Where the settings say that it answers. */
  baseUrl: string;
  /** A client for one call, over that call's own network. */
  open(fetch: typeof globalThis.fetch): OpenAI;
};

export type OpenAiAccess = {
  apiKey: string;
  /** Another address that speaks OpenAI's wire format, its `/v1` included. */
  baseUrl?: string;
  modelId: string;
};

export type AzureOpenAiAccess = {
  /** The resource, such as `https://example.openai.azure.com`. */
  endpoint: string;
  apiKey: string;
  deployment: string;
  /** Such as `2025-04-01-preview`. */
  apiVersion: string;
};

const OPENAI = 'https://api.openai.com/v1';

/** All of it said outright: what is left unsaid the SDK takes from the environment. Its retries would pay twice. */
const SAID_OUTRIGHT = {
  organization: null,
  project: null,
  adminAPIKey: null,
  webhookSecret: null,
  maxRetries: 0,
  // The watched call has its own deadlines; this one could not be told from them.
  timeout: 24 * 60 * 60 * 1000,
  logLevel: 'off',
} as const;

export function openAiVendor({ apiKey, baseUrl = OPENAI, modelId }: OpenAiAccess): Vendor {
  return {
    provider: 'openai',
    name: `openai/${modelId}`,
    model: modelId,
    apiKey,
    baseUrl,
    open: (fetch) =>
      new OpenAI({
        ...SAID_OUTRIGHT,
        apiKey,
        baseURL: baseUrl,
        fetch: withoutForeignHeaders(fetch, { authorization: `Bearer ${apiKey}` }),
      }),
  };
}

export function azureOpenAiVendor({ endpoint, apiKey, deployment, apiVersion }: AzureOpenAiAccess): Vendor {
  // Portals show the endpoint with and without its path. `endpoint` of the SDK clashes with OPENAI_BASE_URL, if set.
  const baseURL = `${endpoint.replace(/\/+$/, '').replace(/\/openai(\/v1)?$/, '')}/openai`;
  return {
    provider: 'azure',
    name: `azure/${deployment}`,
    model: deployment,
    apiKey,
    baseUrl: endpoint,
    open: (fetch) =>
      new AzureOpenAI({
        ...SAID_OUTRIGHT,
        apiKey,
        baseURL,
        deployment,
        apiVersion,
        fetch: withoutForeignHeaders(fetch, { 'api-key': apiKey }),
      }),
  };
}

const OUR_HEADERS: ReadonlySet<string> = new Set(['accept', 'content-type', 'user-agent', 'idempotency-key']);

/** OPENAI_CUSTOM_HEADERS cannot be switched off and could even replace the key: only our own headers go out. */
function withoutForeignHeaders(
  send: typeof globalThis.fetch,
  credentials: Record<string, string>,
): typeof globalThis.fetch {
  return (input, init) => {
    const ours = [...new Headers(init?.headers)].filter(([name]) => OUR_HEADERS.has(name));
    return send(input, { ...init, headers: { ...Object.fromEntries(ours), ...credentials } });
  };
}

/** A name that no header can carry is sent as its fingerprint: still one key for one request. */
export async function idempotencyHeaders(key: string | undefined): Promise<Record<string, string>> {
  if (!key) return {};
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return { 'Idempotency-Key': key };
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
  return { 'Idempotency-Key': Buffer.from(digest).toString('hex') };
}

/** For answers whose shape is not the vendor's: they came, so they may have been billed. */
export const strangeAnswer = (provider: string, detail: string): ProviderError =>
  new ProviderError(provider, 'unavailable', { detail: detail.slice(0, 1000), maybeTaken: true });

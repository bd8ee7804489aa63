import { readFile } from 'node:fs/promises';
import {
  ExternalAccountAuthorizedUserClient,
  ExternalAccountClient,
  GoogleAuth,
  gaxios,
  JWT,
  UserRefreshClient,
} from 'google-auth-library';
import { z } from 'zod';
import { wordsOf } from '../call/explain-call.ts';
import { type CallTrace, watchCall } from '../call/watch-call.ts';
import { ProviderError } from '../port.ts';

/** Who asks. A service account comes as the object itself or as the path of its JSON file. */
export type VertexCredentials =
  | { accessToken: string }
  | { serviceAccountFile: string }
  | { serviceAccount: object }
  /** Whatever this machine is signed in as ("application default credentials"). */
  | { adc: true };

export type TokenSource = {
  /** A valid token; throws `misconfigured`, or `unavailable` when whoever gives tokens cannot be reached. */
  read(): Promise<string>;
  /** Forgets a token that was refused; false when no other can be had. */
  renew(refused: string): boolean;
};

const SCOPES = ['https://www.googleapis.com/auth/cloud-platform'];
const GOOGLE_TOKENS = 'https://oauth2.googleapis.com/token';
const LONGEST_ANSWER = 1024 * 1024;
const EARLY_MS = 60_000;

/** Tokens for one model: one request at a time however many wait, kept until shortly before it expires. */
export function createTokenSource(
  provider: string,
  options: { credentials: VertexCredentials; project: string; timeoutMs: number },
): TokenSource {
  const { credentials } = options;
  let kept: { token: string; renewAt: number } | undefined;
  let underWay: Promise<string> | undefined;

  async function fetchToken(): Promise<string> {
    const { timeoutMs } = options;
    const half = timeoutMs / 2;
    const watched = watchCall({ firstByteMs: half, stallMs: half, totalMs: timeoutMs, maxBytes: LONGEST_ANSWER });
    try {
      const { token, expiresAt } = await watched.run(() => askForToken(provider, options, watched.fetch));
      const life = expiresAt - Date.now();
      kept = { token, renewAt: expiresAt - Math.min(EARLY_MS, life / 2) };
      return token;
    } catch (cause) {
      throw explainTokenFailure(provider, cause, watched.trace);
    }
  }

  return {
    async read() {
      if ('accessToken' in credentials) return sound(provider, credentials.accessToken);
      if (kept && kept.renewAt > Date.now()) return kept.token;
      underWay ??= fetchToken().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    renew(refused) {
      if ('accessToken' in credentials) return false;
      if (kept?.token === refused) kept = undefined;
      return true;
    },
  };
}

async function askForToken(
  provider: string,
  { credentials, project }: { credentials: VertexCredentials; project: string },
  send: typeof globalThis.fetch,
): Promise<{ token: string; expiresAt: number }> {
  const json =
    'serviceAccountFile' in credentials
      ? await readKeyFile(provider, credentials.serviceAccountFile)
      : 'serviceAccount' in credentials
        ? credentials.serviceAccount
        : undefined;
  const tokenUri = TokenUri.safeParse(json).data?.token_uri ?? GOOGLE_TOKENS;
  const transporterOptions: gaxios.GaxiosOptions = {
    // The library knows one address for tokens and does not look at the key's `token_uri`.
    fetchImplementation: (input, init) => send(String(input) === GOOGLE_TOKENS ? tokenUri : input, init),
    retryConfig: { retry: 1, noResponseRetries: 1, retryDelay: 200, maxRetryDelay: 1000 },
  };
  const client = json
    ? clientOf(provider, json, tokenUri, transporterOptions)
    : // Given the project, it does not go looking for one (it would run gcloud).
      await new GoogleAuth({ projectId: project, scopes: SCOPES, clientOptions: { transporterOptions } }).getClient();
  const { token } = await client.getAccessToken();
  return { token: sound(provider, token ?? ''), expiresAt: client.credentials.expiry_date ?? Date.now() + 300_000 };
}

const TokenUri = z.object({ token_uri: z.string().min(1) });
const ServiceAccount = z.object({ client_email: z.string().min(1), private_key: z.string().min(1) });

function clientOf(provider: string, json: object, tokenUri: string, transporterOptions: gaxios.GaxiosOptions) {
  const type = 'type' in json ? json.type : 'service_account';
  const input: object = { ...json, transporterOptions, scopes: SCOPES };
  switch (type) {
    case 'service_account': {
      const key = ServiceAccount.safeParse(json);
      if (!key.success) throw misconfigured(provider, 'the service account has no client_email or no private_key');
      return new JWT({
        email: key.data.client_email,
        // A key that went through an environment variable has its line breaks spelt out.
        key: key.data.private_key.replaceAll('\\n', '\n'),
        scopes: SCOPES,
        additionalClaims: { aud: tokenUri },
        transporterOptions,
      });
    }
    case 'authorized_user': {
      const client = new UserRefreshClient({ transporterOptions });
      client.fromJSON(json);
      return client;
    }
    case 'external_account': {
      const client = ExternalAccountClient.fromJSON(input as Parameters<typeof ExternalAccountClient.fromJSON>[0]);
      if (client) return client;
      break;
    }
    case 'external_account_authorized_user':
      return new ExternalAccountAuthorizedUserClient(
        input as ConstructorParameters<typeof ExternalAccountAuthorizedUserClient>[0],
      );
  }
  throw misconfigured(provider, `credentials of the type ${String(type)} are only read as application default`);
}

/** The error of a parser quotes what it read, which is the private key: it is never passed on. */
async function readKeyFile(provider: string, path: string): Promise<object> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw misconfigured(provider, `the service account file could not be read: ${wordsOf(cause)}`);
  });
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json;
  } catch {
    // Told below.
  }
  throw misconfigured(provider, `the service account file ${path} is no JSON object`);
}

function sound(provider: string, token: string): string {
  const trimmed = token.trim();
  if (!/^[\x21-\x7e]+$/.test(trimmed)) throw misconfigured(provider, 'an access token that no header can carry');
  return trimmed;
}

function explainTokenFailure(provider: string, cause: unknown, { sent, status, endedBy }: CallTrace): ProviderError {
  if (ProviderError.is(cause)) return cause;
  const words = cause instanceof SyntaxError ? 'the credentials are no JSON' : wordsOf(cause);
  const isAnswered = status !== undefined && !endedBy;
  const isBusy = status !== undefined && (status === 408 || status === 429 || status >= 500);
  const neverAnswered = sent || endedBy || (cause instanceof gaxios.GaxiosError && !cause.response);
  const isOut = isAnswered ? isBusy : neverAnswered;
  return isOut
    ? new ProviderError(provider, 'unavailable', { detail: `no access token: ${words}` })
    : misconfigured(provider, `no access token: ${words}`);
}

const misconfigured = (provider: string, detail: string) => new ProviderError(provider, 'misconfigured', { detail });

import { GoogleGenAI, type Part } from '@google/genai';
import { explainCall, withoutSecret } from '../call/explain-call.ts';
import { type CallLimits, type CallTimeouts, type WatchedCall, watchCall } from '../call/watch-call.ts';
import type { Picture, ProviderError } from '../port.ts';
import { explainGoogleStatus } from './explain-failure.ts';

export const PROVIDER = 'google';
const GOOGLE = 'https://generativelanguage.googleapis.com/';

export type GeminiOptions = {
  apiKey: string;
  /** Another address that speaks Google's wire format. */
  baseUrl?: string;
  /** Such as `gemini-3.1-flash-image`. */
  modelId: string;
  timeouts?: Partial<CallTimeouts>;
};

export type GeminiDoor = {
  client: GoogleGenAI;
  watch(signal: AbortSignal | undefined): WatchedCall;
  /** Whatever a watched call threw, in our words and without the key. */
  explain(cause: unknown, watched: WatchedCall): ProviderError;
};

/** The way to one model: its client, the limits of its calls and the meaning of its failures. */
export function openGemini(
  { apiKey, baseUrl = GOOGLE, timeouts }: GeminiOptions,
  limits: Omit<CallLimits, 'signal'>,
): GeminiDoor {
  // All of it said outright: what is left unsaid the SDK takes from the environment.
  const client = new GoogleGenAI({ vertexai: false, apiKey, apiVersion: 'v1', httpOptions: { baseUrl } });
  return {
    client,
    watch: (signal) => watchCall({ ...limits, ...timeouts, signal }),
    explain: (cause, watched) => {
      const explained = explainCall(PROVIDER, cause, watched.trace, (status, headers) =>
        explainGoogleStatus(PROVIDER, cause, status, headers),
      );
      return withoutSecret(explained, apiKey);
    },
  };
}

/** For every call. Continuation left on, an answer with a continuation token is asked for, and paid, without end. */
export const configOf = (watched: WatchedCall) => ({
  automaticContinuation: false,
  httpOptions: { fetch: watched.fetch },
});

export const toInline = ({ bytes, mimeType }: Picture): Part => ({
  inlineData: { mimeType, data: Buffer.from(bytes).toString('base64') },
});

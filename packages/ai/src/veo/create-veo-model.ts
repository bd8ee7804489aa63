import { ApiError } from '@google/genai';
import type { OutsideFetch } from '@repo/outbound';
import { createOutsideFetch } from '@repo/outbound/adapters';
import { mediaTypeOf } from '../call/media-type-of.ts';
import type { CallTimeouts } from '../call/watch-call.ts';
import { explainGoogleStatus } from '../gemini/explain-failure.ts';
import {
  type MediaCall,
  type MediaFile,
  type MediaModel,
  type MediaProgress,
  type MediaRequest,
  ProviderError,
} from '../port.ts';
import { callVertex } from './call-vertex.ts';
import { createTokenSource, type VertexCredentials } from './create-token-source.ts';
import { inPlainWords, isAboutPolicy } from './explain-refusal.ts';
import { fetchVideo } from './fetch-video.ts';
import { type FoundVideo, type OperationState, parseOperation, readOperation } from './read-operation.ts';
import { toInstance } from './to-instance.ts';

const PROVIDER = 'vertex';
const MB = 1024 * 1024;
/** A handle comes at once; a film of eight seconds in 1080p may need a while to come down. */
const SUBMIT = { firstByteMs: 60_000, stallMs: 20_000, totalMs: 90_000, maxBytes: MB };
const POLL = { firstByteMs: 30_000, stallMs: 20_000, totalMs: 90_000 };
const TOKEN_TIMEOUT_MS = 10_000;

export type VeoOptions = {
  project: string;
  /** Such as `us-central1`, or `global`. */
  location: string;
  /** Such as `veo-3.1-generate-preview`. */
  modelId: string;
  credentials: VertexCredentials;
  /** Another address that speaks Vertex's wire format; its API version may be part of it. */
  baseUrl?: string;
  /** Where `gs://` links are read. */
  storageBaseUrl?: string;
  /** A bucket (`gs://bucket/folder/`) where Google shall put the films instead of sending their bytes. */
  storageUri?: string;
  timeouts?: Partial<CallTimeouts>;
  /** How long asking for an access token may take as a whole. */
  tokenTimeoutMs?: number;
  /** Pause between two polls. */
  askAgainInMs?: number;
  /** The longest film that is taken, as bytes on the wire. */
  maxBytes?: number;
  /** Fetches films that lie on hosts which no setting names. By default nothing private is asked. */
  outside?: OutsideFetch;
};

/**
 * Google's film models on Vertex AI: `video.create`, always `pending` first; the ref is the operation's name.
 * Plain `fetch` instead of the SDK: that drops filter counts which lie a level deeper, and asks for its token out of sight.
 * No `reconcile`: a submit carries no key of ours, and the operations of publisher models cannot be listed.
 */
export function createVeoModel(options: VeoOptions): MediaModel {
  const { project, location, modelId, credentials, storageUri, timeouts } = options;
  const { storageBaseUrl = 'https://storage.googleapis.com', askAgainInMs = 15_000, maxBytes = 128 * MB } = options;
  const { baseUrl = hostOf(location), tokenTimeoutMs = TOKEN_TIMEOUT_MS, outside = createOutsideFetch() } = options;
  const tokens = createTokenSource(PROVIDER, { credentials, project, timeoutMs: tokenTimeoutMs });
  const store = { tokens, storageBaseUrl, trusted: [baseUrl], outside };
  const urlOf = (method: string) => () =>
    `${versioned(baseUrl)}/projects/${encodeURIComponent(project)}/locations/${encodeURIComponent(location)}` +
    `/publishers/google/models/${encodeURIComponent(modelId)}:${method}`;

  async function start(request: MediaRequest, call: MediaCall = {}): Promise<MediaProgress> {
    const body = await toInstance(PROVIDER, request, storageUri);
    call.onProgress?.(0, 'Waiting for the model');
    const operation = await callVertex(PROVIDER, tokens, {
      url: urlOf('predictLongRunning'),
      body,
      limits: { ...SUBMIT, ...timeouts },
      signal: call.signal,
      read: async (response) => parseOperation(PROVIDER, await response.json(), { maybeTaken: true }),
      explainStatus: explainSubmit,
    });
    if (operation.error) readOperation(PROVIDER, operation);
    const { name } = operation;
    if (name && isOurs(name)) return { state: 'pending', ref: name, askAgainInMs };
    throw new ProviderError(PROVIDER, 'unavailable', { detail: 'no handle came back', maybeTaken: true });
  }

  async function poll(ref: string, call: MediaCall = {}): Promise<MediaProgress> {
    if (!isOurs(ref)) {
      const detail = 'no handle of this project, location and model';
      throw new ProviderError(PROVIDER, 'misconfigured', { detail, isLost: true });
    }
    const state = await ask(ref, call.signal);
    if (state.state === 'running') return { state: 'pending', ref, askAgainInMs };
    return { state: 'done', outputs: [await take(state.video, call.signal)], notes: state.notes };
  }

  async function ask(ref: string, signal: AbortSignal | undefined): Promise<OperationState> {
    const operation = await callVertex(PROVIDER, tokens, {
      url: urlOf('fetchPredictOperation'),
      body: { operationName: ref },
      limits: { ...POLL, maxBytes, ...timeouts },
      signal,
      read: async (response) => parseOperation(PROVIDER, await response.json(), { maybeTaken: false }),
      explainStatus: explainPoll,
    }).catch((error: unknown) => {
      throw ProviderError.is(error) ? asFree(error) : error;
    });
    return readOperation(PROVIDER, operation);
  }

  async function take(video: FoundVideo, signal: AbortSignal | undefined): Promise<MediaFile> {
    const limits = { ...POLL, maxBytes, ...timeouts };
    const bytes = 'bytes' in video ? video.bytes : await fetchVideo(PROVIDER, video.link, { ...store, limits }, signal);
    const mimeType = mediaTypeOf(bytes);
    if (mimeType?.startsWith('video/')) return { bytes, mimeType };
    const detail = `${bytes.byteLength} bytes that are no film`;
    // What the operation itself holds will not change; what a store sends may.
    const isInline = 'bytes' in video;
    throw new ProviderError(PROVIDER, 'unavailable', { detail, maybeTaken: isInline, isOver: isInline });
  }

  /** Google may call the project by its number, and leaves the model out of some names. */
  function isOurs(ref: string): boolean {
    const partOf = (kind: string) => new RegExp(`(?:^|/)${kind}/([^/]+)/`).exec(ref)?.[1];
    const owner = partOf('projects') ?? project;
    return (
      /(^|\/)operations\/[^/\s]+$/.test(ref) &&
      (owner === project || /^\d+$/.test(owner)) &&
      (partOf('locations') ?? location) === location &&
      (partOf('models') ?? modelId) === modelId
    );
  }

  return { type: 'media', name: `${PROVIDER}/${modelId}`, start, poll };
}

function hostOf(location: string): string {
  if (location === 'global') return 'https://aiplatform.googleapis.com';
  if (location === 'us' || location === 'eu') return `https://aiplatform.${location}.rep.googleapis.com`;
  return `https://${location}-aiplatform.googleapis.com`;
}

/** Previews live under `v1beta1`; a gateway may be configured with a version of its own. */
function versioned(baseUrl: string): string {
  const base = baseUrl.replace(/\/+$/, '');
  return /\/v\d\w*$/.test(base) ? base : `${base}/v1beta1`;
}

/** A refusal at the door is an ordinary 400 but for its words. */
function explainSubmit(status: number, headers: Headers | undefined, cause: unknown): ProviderError {
  const explained = explainGoogleStatus(PROVIDER, cause, status, headers);
  const words = explained.detail?.replace(/^\d+ /, '') ?? '';
  if (explained.reason !== 'invalid' || !isAboutPolicy(words)) return explained;
  return new ProviderError(PROVIDER, 'refused', { detail: explained.detail, said: inPlainWords([words]) });
}

function explainPoll(status: number, headers: Headers | undefined, cause: unknown): ProviderError {
  const explained = explainSubmit(status, headers, cause);
  const { reason, detail } = explained;
  // A web page is a gateway's own 404 and says nothing of the operation.
  const isPage = cause instanceof ApiError && /^\s*</.test(cause.message);
  if (status === 404 && !isPage) return new ProviderError(PROVIDER, reason, { detail, isLost: true });
  // The person's request was taken long ago: a question that Google does not understand is not theirs to mend.
  if (reason === 'invalid' || status === 404) return new ProviderError(PROVIDER, 'unavailable', { detail });
  return explained;
}

/** The same failure of a call that costs nothing: nothing can have been taken by it. */
function asFree({ reason, detail, said, retryAfterMs, isLost, isOver, cause }: ProviderError): ProviderError {
  return new ProviderError(PROVIDER, reason, { detail, said, retryAfterMs, isLost, isOver, cause });
}

// <define:__PRESSED_CALLS__>
var define_PRESSED_CALLS_default = ["ads.create", "credits.adjust", "credits.refund", "generation.request", "generation.stream", "remixes.request"];

// <define:__STREAMED_CALLS__>
var define_STREAMED_CALLS_default = ["generation.stream"];

// src/create-client.ts
import { createTRPCClient, httpBatchStreamLink, httpLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { EventSource } from "eventsource";
import superjson from "superjson";

// src/press-keys.ts
var pressKeyLink = (calls = define_PRESSED_CALLS_default) => () => ({ op, next }) => {
  const input = op.input ?? {};
  const isPress = op.type === "mutation" && calls.includes(op.path) && !input["idempotencyKey"];
  return next(isPress ? { ...op, input: { ...input, idempotencyKey: crypto.randomUUID() } } : op);
};

// src/remixify-error.ts
var RemixifyError = class extends Error {
  name = "RemixifyError";
  /** `REJECTED`, `UPLOAD`, `DOWNLOAD`, `TIMEOUT` or `INVALID`. */
  code;
  /** The HTTP status, or null where no answer came. */
  status;
  constructor(message, { code, status = null }) {
    super(message);
    this.code = code;
    this.status = status;
  }
};

// src/retry.ts
import { observable } from "@trpc/server/observable";
var PASSING = /* @__PURE__ */ new Set([408, 425, 429, 502, 503, 504]);
var FIRST_PAUSE_MS = 300;
var LONGEST_PAUSE_MS = 1e4;
var LONGEST_ASKED_MS = 6e4;
function isSafe({ type, input }) {
  if (type === "query") return true;
  return type === "mutation" && typeof input === "object" && input !== null && "idempotencyKey" in input;
}
function pauseBefore(error, op, tried, tries) {
  if (!isSafe(op) || tried >= tries || op.signal?.aborted) return null;
  const response = error.meta?.["response"];
  const status = response?.status ?? error.data?.httpStatus ?? null;
  if (status !== null && !PASSING.has(status)) return null;
  const asked = Number(response?.headers?.get("retry-after") ?? Number.NaN) * 1e3;
  if (Number.isFinite(asked)) return asked > LONGEST_ASKED_MS ? null : asked;
  if (status === 429 && error.data?.["domain"]) return null;
  const grown = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tried - 1));
  return grown * (0.5 + Math.random() / 2);
}
function retryLink({ tries }) {
  return () => ({ op, next }) => observable((observer) => {
    let timer;
    let inner;
    const attempt = (tried) => {
      inner = next(op).subscribe({
        next: (value) => observer.next(value),
        complete: () => observer.complete(),
        error(error) {
          const pause2 = pauseBefore(error, op, tried, tries);
          if (pause2 === null) observer.error(error);
          else timer = setTimeout(() => attempt(tried + 1), pause2);
        }
      });
    };
    attempt(1);
    return () => {
      clearTimeout(timer);
      inner?.unsubscribe();
    };
  });
}

// src/send-file.ts
var TRIES = 3;
var ASK_EVERY_MS = 300;
var CHECK_MAX_MS = 12e4;
async function sendFile(wire, file, options = {}) {
  const body = file instanceof Blob ? file : new Blob([file]);
  const mimeType = options.mimeType ?? body.type;
  const { signal } = options;
  for (let tried = 1; ; tried += 1) {
    const slot = await wire.api.assets.requestSlot.mutate({ mimeType, bytes: body.size }, signal ? { signal } : {});
    const answer = await wire.fetch(new URL(slot.url, wire.url), {
      method: slot.method,
      headers: slot.headers,
      body,
      ...signal ? { signal } : {}
    }).catch((error) => {
      if (signal?.aborted || tried >= TRIES) throw error;
      return null;
    });
    if (answer?.ok) return whenChecked(wire, slot.assetId, signal);
    if (answer && (answer.status < 500 || tried >= TRIES)) {
      throw new RemixifyError(`The upload was not taken (${answer.status}).`, {
        code: "UPLOAD",
        status: answer.status
      });
    }
  }
}
async function whenChecked(wire, id, signal) {
  const until = Date.now() + CHECK_MAX_MS;
  let asset = await wire.api.assets.complete.mutate({ id });
  while (asset.status === "awaiting" || asset.status === "checking") {
    if (Date.now() > until) throw new RemixifyError("The upload is still being checked.", { code: "TIMEOUT" });
    await wire.pause(ASK_EVERY_MS, signal);
    asset = await wire.api.assets.byId.query({ id });
  }
  if (asset.status === "rejected") {
    throw new RemixifyError(asset.failure ?? "This file cannot be used.", { code: "REJECTED" });
  }
  return asset;
}

// src/watch-generation.ts
var SETTLED = /* @__PURE__ */ new Set(["done", "failed", "cancelled"]);
var FIRST_PAUSE_MS2 = 200;
var LONGEST_PAUSE_MS2 = 3e3;
var isSettled = ({ status }) => SETTLED.has(status);
async function* watchGeneration(wire, id, { signal } = {}) {
  let last = "";
  let wait = FIRST_PAUSE_MS2;
  for (; ; ) {
    const state = await wire.api.generation.byId.query({ id }, signal ? { signal } : {});
    const seen = JSON.stringify([
      state.status,
      state.place,
      state.progress,
      state.doing,
      state.attempt,
      state.lastError
    ]);
    if (seen !== last) {
      yield state;
      last = seen;
      wait = FIRST_PAUSE_MS2;
    }
    if (isSettled(state)) return;
    await wire.pause(wait, signal);
    wait = Math.min(LONGEST_PAUSE_MS2, wait * 1.5);
  }
}
async function whenSettled(wire, id, options) {
  let last = null;
  for await (const state of watchGeneration(wire, id, options)) last = state;
  return last;
}

// src/wire.ts
function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

// src/create-client.ts
var TRIES2 = 4;
function createClient({ url, apiKey, tries = TRIES2, fetch: given }) {
  if (!URL.canParse(url))
    throw new RemixifyError(`"${url}" is no web address. Name one such as https://remixify.example.`, {
      code: "INVALID"
    });
  const base = new URL(url).origin;
  const headers = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
  const doFetch = given ?? ((input, init) => globalThis.fetch(input, init));
  const http = { url: `${base}/api/trpc`, transformer: superjson, headers, fetch: doFetch };
  const withKey = (input, init) => doFetch(input, { ...init, headers: { ...init?.headers, ...headers } });
  const api = createTRPCClient({
    links: [
      pressKeyLink(),
      retryLink({ tries }),
      splitLink({
        condition: ({ type }) => type === "subscription",
        // Node has no EventSource, and those of browsers send no key.
        true: httpSubscriptionLink({ ...http, EventSource, eventSourceOptions: () => ({ fetch: withKey }) }),
        false: splitLink({
          condition: ({ path }) => define_STREAMED_CALLS_default.includes(path),
          true: httpBatchStreamLink({ ...http, maxItems: 1 }),
          false: httpLink(http)
        })
      })
    ]
  });
  const wire = { api, url: base, headers, fetch: doFetch, pause };
  return {
    api,
    upload: (file, options) => sendFile(wire, file, options),
    watch: (id, options) => watchGeneration(wire, id, options),
    settled: (id, options) => whenSettled(wire, id, options),
    async download(address, options = {}) {
      const answer = await doFetch(new URL(address, base), options);
      if (!answer.ok)
        throw new RemixifyError(`The file was not handed out (${answer.status}).`, {
          code: "DOWNLOAD",
          status: answer.status
        });
      return answer.blob();
    }
  };
}
export {
  RemixifyError,
  createClient,
  isSettled
};

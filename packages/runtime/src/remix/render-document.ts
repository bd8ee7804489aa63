import { PassThrough } from 'node:stream';
import {
  createReadableStreamFromReadable,
  type EntryContext,
  type HandleDocumentRequestFunction,
} from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { log } from '@repo/telemetry';
import { isbot } from 'isbot';
import { createElement, type ReactElement } from 'react';
import { renderToPipeableStream } from 'react-dom/server';
import { type RequestScope, scopeOf } from '../http/request-scope.ts';

const GIVE_UP_AFTER_MS = 10_000;

/** What a page may know of its own request. `typed`: the fields of a posted form, passwords left out. */
export type PageRequest = Pick<RequestScope, 'requestId' | 'nonce' | 'typed'>;

/** Makes the server half of an app's entry: streams the page, with `wrap` round it. */
export function documentRenderer(
  wrap: (page: ReactElement, request: PageRequest) => ReactElement,
): HandleDocumentRequestFunction {
  return (request, status, headers, context) => {
    const scope = scopeOf(request);
    headers.set('content-type', 'text/html; charset=utf-8');
    // A page may show who is signed in; going back after signing out must ask again.
    if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-cache');
    if (status === 503 && !headers.has('retry-after')) headers.set('retry-after', '5');
    const page = wrap(createElement(RemixServer, { context, url: request.url, nonce: scope.nonce }), scope);
    return stream(page, { request, status, headers, context, nonce: scope.nonce });
  };
}

type Streaming = { request: Request; status: number; headers: Headers; context: EntryContext; nonce: string };

function stream(page: ReactElement, { request, status, headers, context, nonce }: Streaming): Promise<Response> {
  // A crawler reads the page once and waits for all of it; so does a page that only tells of a failure.
  const waitsForAll = isbot(request.headers.get('user-agent')) || context.isSpaMode;
  return new Promise((resolve, reject) => {
    let shellSent = false;
    let finalStatus = status;
    const send = () => {
      shellSent = true;
      const body = new PassThrough();
      body.once('close', letGo);
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: finalStatus }));
      pipe(body);
    };
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce,
      onShellReady: waitsForAll ? () => {} : send,
      onAllReady: waitsForAll ? send : () => {},
      onShellError: reject,
      onError(error) {
        finalStatus = 500;
        // Before the shell, `onShellError` hands the same error on to whoever logs it.
        if (shellSent && !request.signal.aborted) log.error(`render ${scopeOf(request).requestId}`, { error });
      },
    });
    // Whoever holds `abort` holds the whole page: none of that may outlive its last byte.
    const giveUp = () => abort();
    const timer = setTimeout(giveUp, GIVE_UP_AFTER_MS);
    timer.unref();
    request.signal.addEventListener('abort', giveUp, { once: true });
    const letGo = () => {
      clearTimeout(timer);
      request.signal.removeEventListener('abort', giveUp);
    };
  });
}

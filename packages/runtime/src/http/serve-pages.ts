import { createRequestHandler, type ServerBuild } from '@remix-run/node';
import type { WebHandler } from './create-http-app.ts';
import { scopeOf } from './request-scope.ts';

/** A built app, or a function that asks the dev server for its newest state. */
export type BuildSource = ServerBuild | (() => Promise<ServerBuild>);

/** Answers with the app's pages. `context` of loaders and actions holds the request's id and nonce. */
export function servePages(build: BuildSource, mode: 'production' | 'development'): WebHandler {
  const handle = createRequestHandler(build, mode);
  return (request) => {
    const { requestId, nonce } = scopeOf(request);
    return handle(request, { requestId, nonce });
  };
}

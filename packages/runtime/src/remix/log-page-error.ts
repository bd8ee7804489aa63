import type { HandleErrorFunction } from '@remix-run/node';
import { log } from '@repo/telemetry';
import { scopeOf } from '../http/request-scope.ts';

/** Tells the log what broke in a page, under the request's id: the only thing the browser is told. */
export const logPageError: HandleErrorFunction = (error, { request }) => {
  if (request.signal.aborted) return;
  log.error(`page error, request ${scopeOf(request).requestId}`, { error });
};

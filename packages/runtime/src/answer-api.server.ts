import { REST_BASE } from '@repo/api';
import { answerRest } from './rest-mount.server.ts';
import { answerTrpc } from './trpc-mount.server.ts';

/** Answers `/api/*`: the typed calls of our pages, and the same procedures as REST. */
export function answerApi(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  return pathname === REST_BASE || pathname.startsWith(`${REST_BASE}/`) ? answerRest(request) : answerTrpc(request);
}

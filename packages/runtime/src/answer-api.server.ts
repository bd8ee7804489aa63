import { docsPage, REST_BASE } from '@repo/api';
import { scopeOf } from './http/request-scope.ts';
import { answerRest } from './rest-mount.server.ts';
import { answerTrpc } from './trpc-mount.server.ts';

/** Answers `/api/*`: the typed calls of our pages, the same procedures as REST, and the page that describes them. */
export async function answerApi(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === REST_BASE || pathname.startsWith(`${REST_BASE}/`)) return answerRest(request);
  if (pathname === '/api/docs') return answerDocs(request);
  return answerTrpc(request);
}

function answerDocs(request: Request): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
  }
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-cache' };
  return new Response(request.method === 'HEAD' ? null : docsPage(scopeOf(request).nonce), { headers });
}

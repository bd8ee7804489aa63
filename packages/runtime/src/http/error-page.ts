import { codeOf, failureAnswer, RestFailure } from '@repo/api';
import type { Request, Response } from 'express';

/** A failure of the server itself, before or outside the pages. */
export type Failure = {
  status: number;
  title: string;
  text: string;
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
};

const TEXTS = {
  400: [
    'This address cannot be read',
    'The request is malformed. Check the address, or start again from the front page.',
  ],
  401: [
    'Who are you?',
    'Sign in, or send a key that is valid. More than 1 MB is only taken from somebody with an account.',
  ],
  403: ['This request was refused', 'It came from another site than this one. Open the page here and try again.'],
  404: ['There is nothing here', 'The address may be mistyped, or what it led to has gone.'],
  405: ['That cannot be done here', 'This address answers other kinds of request.'],
  408: ['That took too long', 'Your request did not arrive in time. Check your connection and try again.'],
  413: ['That is too much at once', 'A form may carry 1 MB. Pictures travel on their own way: use the upload field.'],
  414: ['This address is too long', 'Shorten the address, or start again from the front page.'],
  415: ['That kind of content is not read here', 'Send a form or JSON.'],
  429: ['That was too fast', 'Nothing is lost. Wait a moment, then try again.'],
  431: ['Your browser sends too much with every request', 'Delete the cookies of this site and try again.'],
  500: ['Something broke on our side', 'It has been written down. Nothing was charged for a request that failed.'],
  503: [
    'This cannot be answered right now',
    'Something that we need is away or overloaded. Nothing is lost, and this page tries again by itself.',
  ],
} as const satisfies Record<number, readonly [string, string]>;

/** What to tell people for a status, in our own words: the words of an error never leave the server. */
export function failureOf(status: number): Failure {
  const known = status in TEXTS ? status : status >= 500 ? 500 : 400;
  const [title, text] = TEXTS[known as keyof typeof TEXTS];
  return { status: known, title, text, ...(known === 503 ? { retryAfter: 5 } : {}) };
}

/** Answers with a failure, as a page or as JSON, whichever the asker reads. Never says what broke inside. */
export function sendFailure(request: Request, response: Response, failure: Failure, requestId: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.status(failure.status).set('cache-control', 'no-store');
  if (failure.retryAfter && !response.hasHeader('retry-after')) response.set('retry-after', String(failure.retryAfter));
  if (isRest(request)) {
    void sendAsRest(response, failure, requestId);
    return;
  }
  if (!prefersPage(request)) {
    response.json({ error: { status: failure.status, message: `${failure.title}. ${failure.text}`, requestId } });
    return;
  }
  const nonce = String(response.locals['nonce'] ?? '');
  // Only what was read may be asked for again by itself: a form is sent again by a person.
  const { retryAfter: _, ...shown } = failure;
  response.type('html').send(page(request.method === 'GET' ? failure : shown, requestId, nonce));
}

const isRest = (request: Request) => /^\/api\/v1(?:[/?]|$)/.test(request.originalUrl);

/** What fails before the REST door is reached has the shape of what fails behind it. */
async function sendAsRest(response: Response, { status, title, text }: Failure, requestId: string): Promise<void> {
  const answer = failureAnswer(new RestFailure(codeOf(status), `${title}. ${text}`), requestId);
  response.type('json').send(await answer.text());
}

const prefersPage = (request: Request) =>
  !request.path.startsWith('/api/') && (request.get('accept') ?? '').includes('text/html');

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const page = ({ status, title, text, retryAfter }: Failure, requestId: string, nonce: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
${retryAfter ? `<meta http-equiv="refresh" content="${retryAfter}">` : ''}
<title>${escapeHtml(title)}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style nonce="${nonce}">
:root { --canvas: #fbfaf9; --ink: #1d1a19; --muted: #6a6360; --accent: #c8371b; --on-accent: #fff; }
@media (prefers-color-scheme: dark) { :root { --canvas: #141211; --ink: #f3efec; --muted: #a49c97; --accent: #ff7a5c; --on-accent: #200b05; } }
* { box-sizing: border-box; margin: 0; }
body { min-height: 100svh; display: grid; place-content: center; padding: 2rem 1.5rem; background: var(--canvas); color: var(--ink); font: 1rem/1.5 "Inter Variable", Inter, system-ui, sans-serif; }
main { max-width: 32rem; }
p { margin-top: .75rem; color: var(--muted); }
.status { font-size: .875rem; letter-spacing: .04em; }
h1 { font-size: clamp(1.75rem, 5vw, 2.5rem); line-height: 1.15; letter-spacing: -.02em; margin-top: .5rem; text-wrap: balance; }
a { display: inline-block; margin-top: 1.75rem; padding: .625rem 1.25rem; border-radius: 999px; background: var(--accent); color: var(--on-accent); font-weight: 600; text-decoration: none; }
a:focus-visible { outline: 2px solid var(--ink); outline-offset: 3px; }
code { font: .8125rem ui-monospace, monospace; user-select: all; overflow-wrap: anywhere; }
</style>
</head>
<body>
<main>
<p class="status">${status}</p>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>
<a href="/">Go to the front page</a>
<p>If you tell us about it, name this request: <code>${escapeHtml(requestId)}</code></p>
</main>
</body>
</html>
`;

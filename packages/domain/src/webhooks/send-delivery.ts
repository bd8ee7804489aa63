import { OutsideError } from '@repo/outbound';
import type { SystemContext } from '../context.ts';
import type { ClaimedDelivery } from './claim-deliveries.ts';
import { openSecrets } from './endpoint-secrets.ts';
import { redactSnippet } from './redact-snippet.ts';
import { signedHeaders } from './sign-message.ts';

const TOTAL_MS = 10_000;
const ANSWER_BYTES = 4_096;

/** What one try brought. `wishedMs`: the endpoint asked for so much patience. */
export type Sent = {
  tookMs: number;
  status: number | null;
  problem: string | null;
  snippet: string | null;
  wishedMs: number;
};

/** One signed POST. An answer of 2xx is all that counts; its body is only looked at. */
export async function sendDelivery(
  ctx: SystemContext,
  { endpoint, delivery }: ClaimedDelivery,
  body: string,
  signal: AbortSignal,
  totalMs = TOTAL_MS,
): Promise<Sent> {
  const now = ctx.now();
  const secrets = openSecrets(ctx, endpoint, now);
  const begun = performance.now();
  const tookMs = () => Math.round(performance.now() - begun);
  try {
    const answer = await ctx.outside(endpoint.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Remixify-Webhooks',
        ...signedHeaders({ id: delivery.id, body, at: now }, secrets),
      },
      body,
      totalMs,
      maxBytes: ANSWER_BYTES,
      excess: 'cut',
      redirects: 0,
      httpsOnly: true,
      signal,
    });
    const { status } = answer;
    return {
      tookMs: tookMs(),
      status,
      problem: status >= 200 && status < 300 ? null : problemOf(status),
      snippet: redactSnippet(answer.bytes) || null,
      wishedMs: wishOf(answer.headers.get('retry-after'), now),
    };
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    return { tookMs: tookMs(), status: null, problem: error.message, snippet: null, wishedMs: 0 };
  }
}

function problemOf(status: number): string {
  if (status >= 300 && status < 400)
    return `It answered ${status}: redirects are not followed. Give the final address.`;
  if (status === 410) return 'It answered 410: it is gone.';
  return `It answered ${status}.`;
}

/** Seconds or a date; nonsense is no wish. */
function wishOf(header: string | null, now: Date): number {
  if (!header) return 0;
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now.getTime();
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

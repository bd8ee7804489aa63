import type { OutsideFetch } from '@repo/outbound';

const BODILESS = [204, 205, 304];

/**
 * The network for a link that a vendor's answer names and no setting does: it must be public and https, and is not
 * followed elsewhere. The answer is there as a whole or not at all, so only the limit of the whole call counts.
 */
export const guardedSend =
  (outside: OutsideFetch, { totalMs, maxBytes }: { totalMs: number; maxBytes: number }): typeof globalThis.fetch =>
  async (input, init) => {
    const { status, headers, bytes } = await outside(String(input), {
      headers: Object.fromEntries(new Headers(init?.headers)),
      totalMs,
      maxBytes,
      redirects: 0,
      httpsOnly: true,
      ...(init?.signal && { signal: init.signal }),
    });
    return new Response(BODILESS.includes(status) ? null : (bytes as Uint8Array<ArrayBuffer>), { status, headers });
  };

/** The limits of a call that goes out by it. */
export const guardedBy = <Limits extends { totalMs: number; maxBytes: number }>(
  outside: OutsideFetch,
  limits: Limits,
) => ({ ...limits, firstByteMs: limits.totalMs, stallMs: limits.totalMs, via: guardedSend(outside, limits) });

/** Whether a link leads to one of the addresses that the settings name. */
export const isAt = (link: URL, bases: readonly string[]): boolean =>
  bases.some((base) => URL.parse(base)?.origin === link.origin);

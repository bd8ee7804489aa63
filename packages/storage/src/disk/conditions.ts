import type { IncomingHttpHeaders } from 'node:http';

export type Facts = { etag: string; modifiedAt: Date; bytes: number };

/** What a reader's conditions make of a file: nothing new, changed against their will, or send it. */
export function judgeConditions(headers: IncomingHttpHeaders, { etag, modifiedAt }: Facts): 200 | 304 | 412 {
  const modified = Math.floor(modifiedAt.getTime() / 1000) * 1000;
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) {
    if (ifMatch.trim() !== '*' && !tagsOf(ifMatch).includes(etag)) return 412;
  } else {
    const unmodifiedSince = dateOf(headers['if-unmodified-since']);
    if (unmodifiedSince !== null && modified > unmodifiedSince) return 412;
  }
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined) {
    const isKnown = noneMatch.trim() === '*' || tagsOf(noneMatch).some((tag) => tag.replace(/^W\//, '') === etag);
    return isKnown ? 304 : 200;
  }
  const modifiedSince = dateOf(headers['if-modified-since']);
  return modifiedSince !== null && modified <= modifiedSince ? 304 : 200;
}

/**
 * The part of a file that is asked for, ends included. `all` where the whole is to be sent (no range, one we do not
 * serve, or of a version that is gone), `outside` where the file has no such part.
 */
export function readRange(
  headers: IncomingHttpHeaders,
  facts: Facts,
): { start: number; end: number } | 'all' | 'outside' {
  const { range } = headers;
  if (range === undefined || !isSameVersion(headers['if-range'], facts)) return 'all';
  const match = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(range);
  if (!match) return 'all';
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return 'all';
  if (from === '') {
    const last = Number(to);
    if (last === 0 || facts.bytes === 0) return 'outside';
    return { start: Math.max(0, facts.bytes - last), end: facts.bytes - 1 };
  }
  const start = Number(from);
  const end = to === '' ? facts.bytes - 1 : Math.min(Number(to), facts.bytes - 1);
  if (to !== '' && Number(to) < start) return 'all';
  return start >= facts.bytes ? 'outside' : { start, end };
}

// Only a strong tag, or the very date we gave, proves that the parts fit together.
function isSameVersion(ifRange: string | string[] | undefined, { etag, modifiedAt }: Facts): boolean {
  if (ifRange === undefined) return true;
  return ifRange === etag || ifRange === modifiedAt.toUTCString();
}

function tagsOf(list: string): string[] {
  return list.match(/(?:W\/)?"[^"]*"/g) ?? [];
}

function dateOf(text: string | undefined): number | null {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

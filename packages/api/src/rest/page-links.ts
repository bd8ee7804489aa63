import { RestFailure } from './rest-failure.ts';

/** So many pages one can go back by `prev`. */
export const STEPS_BACK = 12;
const SEPARATOR = '~';

/** The cursors of the pages from the second to this one; `isCut` where earlier ones were left out. */
export type Trail = { cursors: string[]; isCut: boolean };

/**
 * A cursor of ours holds the cursors of the pages before it: lists are read forward only, so the way back is the way one
 * came. The last one is the domain's.
 */
export function readTrail(cursor: string): Trail {
  const isCut = cursor.startsWith(SEPARATOR);
  const cursors = cursor === '' ? [] : cursor.slice(isCut ? 1 : 0).split(SEPARATOR);
  if (cursors.length > STEPS_BACK || cursors.some((one) => !/^[\w-]{1,200}$/.test(one))) {
    const message = 'This page address is damaged. Start from the first page.';
    throw new RestFailure('VALIDATION_ERROR', message, { details: [{ field: 'cursor', message }] });
  }
  return { cursors, isCut };
}

const writeTrail = ({ cursors, isCut }: Trail) => (isCut ? SEPARATOR : '') + cursors.join(SEPARATOR);

/** Where the page before and the one after are, as cursors; an empty one is the first page, null is none. */
export function stepsFrom({ cursors, isCut }: Trail, nextCursor: string | null) {
  const ahead = nextCursor === null ? null : [...cursors, nextCursor];
  const isTooLong = ahead !== null && ahead.length > STEPS_BACK;
  const isEnd = cursors.length === 0 || (cursors.length === 1 && isCut);
  return {
    prev: isEnd ? null : writeTrail({ cursors: cursors.slice(0, -1), isCut }),
    next: ahead && writeTrail({ cursors: ahead.slice(-STEPS_BACK), isCut: isCut || isTooLong }),
  };
}

/** The address of the same list at another place. */
export function linkTo(url: URL, cursor: string): string {
  const query = new URLSearchParams(url.search);
  query.delete('cursor');
  if (cursor) query.set('cursor', cursor);
  const text = query.toString();
  return text ? `${url.pathname}?${text}` : url.pathname;
}

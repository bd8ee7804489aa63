import { safeReturnPath } from '@repo/domain/accounts/rules';

/** Where a page was asked to lead back to (`?to=`), checked; the front page otherwise. */
export const returnPathOf = (address: string | URL): string =>
  safeReturnPath(new URL(address, 'http://here.invalid').searchParams.get('to'));

/** An account page that leads back to `to` afterwards. */
export const withReturnPath = (page: string, to: string): string =>
  to === '/' ? page : `${page}?to=${encodeURIComponent(to)}`;

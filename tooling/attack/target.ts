import type { Sql } from 'postgres';
import type { Report } from './report.ts';

/** Somebody who attacks or is attacked. */
export type Somebody = { name: string; userId: string; email: string; headers: Record<string, string> };

/** The rows that are somebody's, by what a procedure may call them. */
export type Known = {
  adId: string;
  assetId: string;
  draftId: string;
  publishedId: string;
  generationId: string;
  brandId: string;
};

/** The running product, the people in it, and the database behind it to look at what really happened. */
export type Target = {
  /** Where web answers, by number: no name has to be resolved. */
  origin: string;
  /** The address that the product believes to be its own. */
  ownUrl: string;
  port: number;
  /** What sessions are signed with. */
  secret: string;
  sql: Sql;
  /** Words that stand in what only the author may see: whoever else reads them has found a leak. */
  canary: string;
  people: Record<'author' | 'stranger' | 'rival' | 'staff' | 'guest', Somebody>;
  known: Known;
  /** How many tries of what can be tried without end; from 0 to 1 as a share of the long form. */
  share: number;
};

export type Attack = { title: string; run(target: Target, report: Report): Promise<void> };

/** All of them in the long form; in the short one others at each `turn`, so that a few turns together meet them all. */
export function inTurn<One>({ share }: Target, all: readonly One[], turn: number, least = 1): One[] {
  const count = Math.min(all.length, Math.max(least, Math.round(all.length * share)));
  return Array.from({ length: count }, (_, n) => all[(turn * count + n) % all.length]!);
}

/** So many of `all` in the long form, fewer in the short one, at least `least`. */
export const some = (target: Target, all: number, least = 1): number => Math.max(least, Math.round(all * target.share));

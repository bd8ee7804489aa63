import { sessions, users } from '@repo/db';
import { ChangeNameInput, RevokeSessionInput, type SignedInPlace } from '@repo/domain/accounts/schema';
import { DomainError } from '@repo/domain/errors';
import { createAuthEndpoint, formCsrfMiddleware } from 'better-auth/api';
import { and, desc, eq, gt, ne } from 'drizzle-orm';
import type { Desk } from './desk.ts';
import { requirePerson } from './live-session.ts';
import { openPlace } from './session-place.ts';

export const changeNameEndpoint = (desk: Desk) =>
  createAuthEndpoint(
    '/people/change-name',
    { method: 'POST', body: ChangeNameInput, use: [formCsrfMiddleware] },
    async (ctx) => {
      const { user } = await requirePerson(desk, ctx.headers);
      await desk.db.update(users).set({ name: ctx.body.name }).where(eq(users.id, user.id));
      return ctx.json({ ok: true });
    },
  );

export const revokeSessionEndpoint = (desk: Desk) =>
  createAuthEndpoint(
    '/people/revoke-session',
    { method: 'POST', body: RevokeSessionInput, use: [formCsrfMiddleware] },
    async (ctx) => {
      const { user } = await requirePerson(desk, ctx.headers);
      const isTheirs = and(eq(sessions.id, ctx.body.sessionId), eq(sessions.userId, user.id));
      const ended = await desk.db.delete(sessions).where(isTheirs).returning({ id: sessions.id });
      if (ended.length === 0)
        throw new DomainError('not_found', 'There is no such session. It may have ended already.', { noun: 'session' });
      return ctx.json({ ok: true });
    },
  );

export const revokeOtherSessionsEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/revoke-other-sessions', { method: 'POST', use: [formCsrfMiddleware] }, async (ctx) => {
    const { user, session } = await requirePerson(desk, ctx.headers);
    const others = and(eq(sessions.userId, user.id), ne(sessions.id, session.id));
    const ended = await desk.db.delete(sessions).where(others).returning({ id: sessions.id });
    return ctx.json({ ended: ended.length });
  });

/** Where whoever asks is signed in, the newest first; at most 100 places. */
export async function listSessions(desk: Desk, headers: Headers): Promise<SignedInPlace[]> {
  const { user, session: current } = await requirePerson(desk, headers);
  const rows = await desk.db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, user.id), gt(sessions.expiresAt, desk.tools.now())))
    .orderBy(desc(sessions.updatedAt), desc(sessions.id))
    .limit(100);
  return rows.map((row) => ({
    id: row.id,
    isCurrent: row.id === current.id,
    ...openPlace(desk.tools.sealer, row),
    keepSignedIn: row.keepSignedIn,
    createdAt: row.createdAt,
    lastSeenAt: row.updatedAt,
    expiresAt: row.expiresAt,
  }));
}

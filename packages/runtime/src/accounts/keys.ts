import { asOwner, transactAs } from '@repo/db';
import type { UserContext } from '@repo/domain/context';
import { addKey } from '@repo/domain/keys/add-key';
import { renameKey, revokeKey, rotateKey } from '@repo/domain/keys/change-key';
import { readKeys } from '@repo/domain/keys/read-keys';
import { type KeyView, MakeKeyInput, RenameKeyInput, RevokeKeyInput, RotateKeyInput } from '@repo/domain/keys/schema';
import { createAuthEndpoint, formCsrfMiddleware } from 'better-auth/api';
import { accountMail } from './account-mail.ts';
import type { Desk } from './desk.ts';
import { requirePerson } from './live-session.ts';
import { mintKey } from './mint-key.ts';

/** A key is shown here and never again. */
export type FreshKey = { key: string; view: KeyView };

const use = [formCsrfMiddleware];

/** Makes a key, and tells its maker by mail. */
export const makeKeyEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/make-key', { method: 'POST', body: MakeKeyInput, use }, async (ctx) => {
    const asker = await askerOf(desk, ctx.headers);
    const { db, queue } = desk.tools;
    const form = { userId: asker.actor.userId, purpose: 'make', formKey: ctx.body.formKey };
    const { key, minted } = await mintKey(desk.env.SESSION_SECRET, form);
    const view = await transactAs(db, asker.actor, async (tx) => {
      const made = await addKey(tx, asker, ctx.body, minted);
      const mail = { kind: 'key-made', userId: asker.actor.userId, keyId: made.key.id } as const;
      if (made.isNew) await asOwner(tx, (owner) => queue.enqueue(owner, accountMail, mail));
      return made.key;
    });
    return ctx.json({ key, view });
  });

export const rotateKeyEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/rotate-key', { method: 'POST', body: RotateKeyInput, use }, async (ctx) => {
    const { keyId, formKey } = ctx.body;
    const asker = await askerOf(desk, ctx.headers);
    const form = { userId: asker.actor.userId, purpose: keyId, formKey };
    const { key, minted } = await mintKey(desk.env.SESSION_SECRET, form);
    return ctx.json({ key, view: await rotateKey(asker, keyId, minted) });
  });

export const revokeKeyEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/revoke-key', { method: 'POST', body: RevokeKeyInput, use }, async (ctx) => {
    await revokeKey(await askerOf(desk, ctx.headers), ctx.body);
    return ctx.json({ ok: true });
  });

export const renameKeyEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/rename-key', { method: 'POST', body: RenameKeyInput, use }, async (ctx) => {
    await renameKey(await askerOf(desk, ctx.headers), ctx.body);
    return ctx.json({ ok: true });
  });

export const listKeys = async (desk: Desk, headers: Headers): Promise<KeyView[]> =>
  readKeys(await askerOf(desk, headers));

/** Keys are managed by people in a session alone: whatever key came along does not count here. */
async function askerOf(desk: Desk, headers: Headers | undefined): Promise<UserContext> {
  const { user } = await requirePerson(desk, headers);
  return { ...desk.tools, actor: { kind: 'user', userId: user.id, isGuest: false }, addressHash: null };
}

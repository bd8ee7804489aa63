import { type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, pgPolicy, pgRole } from 'drizzle-orm/pg-core';

/** What every request runs as. It owns no table, so row security binds it. */
export const appUser = pgRole('app_user').existing();

/** What the sign-in library runs as: it reaches the account tables and nothing else. */
export const appAuth = pgRole('app_auth').existing();

export const currentUserId = sql`app_user_id()`;
export const isStaff = sql`app_is_staff()`;

export const isMe = (userId: AnyPgColumn): SQL => sql`${userId} = app_user_id()`;

/** True for rows of a brand the current user belongs to. */
export const isMemberOf = (brandId: AnyPgColumn): SQL => sql`${brandId} in (select app_brand_ids())`;

/** True for rows of a brand whose creative work the current user may change. */
export const mayEditBrand = (brandId: AnyPgColumn): SQL => sql`${brandId} in (select app_editable_brand_ids())`;

/** The sign-in library may read and write every row of the tables it is granted. */
export const authPolicy = (table: string) =>
  pgPolicy(`${table}_auth`, { to: appAuth, for: 'all', using: sql`true`, withCheck: sql`true` });

/** True for rows of a brand whose keys the current user may make and revoke. Asks through the wall round memberships. */
export const mayManageKeysOf = (brandId: AnyPgColumn): SQL =>
  sql`${brandId} in (select m.brand_id from membership m where m.user_id = app_user_id() and m.role in ('owner', 'admin'))`;

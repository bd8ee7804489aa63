import { call, calls } from '../ask.ts';
import { idsOf } from '../known-ids.ts';
import { dice, sampleInput } from '../sample-input.ts';
import type { Attack } from '../target.ts';

/** Every write with fields that are nobody's to set: none of them may reach a column. */
export const attack: Attack = {
  title: 'Mass assignment',
  async run(target, report) {
    const { stranger, author } = target.people;
    const idFor = idsOf(target);
    const extra = {
      userId: author.userId,
      ownerId: author.userId,
      authorId: author.userId,
      actorId: author.userId,
      isStaff: true,
      platformRole: 'staff',
      role: 'owner',
      status: 'published',
      emailVerified: true,
      balance: 1_000_000,
      credits: 1_000_000,
      captured: 0,
      quoted: 0,
      price: 0,
      isPaid: false,
      remixCount: 999_999,
      createdAt: '2001-01-01T00:00:00.000Z',
      actor: { kind: 'system', job: 'worker' },
      ctx: { actor: { kind: 'system', job: 'worker' } },
    };
    const before = await state();
    for (const procedure of calls.filter(({ type }) => type === 'mutation')) {
      const input = sampleInput(procedure.input, { dice: dice(3), idFor: (field) => idFor(field, procedure.path) });
      const fields = typeof input === 'object' && input !== null ? input : {};
      // What the schema knows is its own business; only names that it does not know are added.
      const names = new Set(Object.keys(fields));
      const added = Object.fromEntries(Object.entries(extra).filter(([name]) => !names.has(name)));
      await call(target, procedure, { ...added, ...fields }, stranger);
      const after = await state();
      report.tried(after === before ? null : `${procedure.path} wrote a field that was not its own`);
    }

    async function state(): Promise<string> {
      const [row] = await target.sql<{ print: string }[]>`
        select concat_ws('|', platform_role, email_verified,
          (select count(*) from ledger_account where balance >= 1000000),
          (select count(*) from ad where remix_count = 999999),
          (select count(*) from membership where user_id = ${stranger.userId} and brand_id = ${target.known.brandId}),
          (select count(*) from generation where created_at < '2002-01-01') ,
          (select count(*) from remix where created_at < '2002-01-01'),
          (select count(*) from event where actor_id = ${author.userId}),
          (select count(*) from generation where owner_id = ${author.userId}),
          (select count(*) from "user" where platform_role = 'staff')) as print
        from "user" where id = ${stranger.userId}`;
      return row!.print;
    }
  },
};

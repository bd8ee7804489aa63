import { call, calls } from '../ask.ts';
import { idsOf } from '../known-ids.ts';
import { dice, sampleInput } from '../sample-input.ts';
import { type Attack, some, type Target } from '../target.ts';

/** Calls that everybody may make about what is published; what they say of the author is public. */
const OPEN = new Set(['moderation.report']);

/**
 * Every call, by everybody who is not the author, with the numbers of the author's rows: nobody reads the canary, and
 * nothing of the author's changes.
 */
export const attack: Attack = {
  title: "Somebody else's ids",
  async run(target, report) {
    const idFor = idsOf(target);
    const { stranger, rival, guest } = target.people;
    const before = await fingerprint(target);
    const rolls = dice(7);
    for (const procedure of calls) {
      for (let n = 0; n < some(target, 8); n += 1) {
        const input = sampleInput(procedure.input, { dice: rolls, idFor: (field) => idFor(field, procedure.path) });
        for (const who of [stranger, rival, guest, undefined]) {
          const said = await call(target, procedure, input, who);
          const name = who?.name ?? 'a visitor';
          const isLeak = said.text.includes(target.canary) || said.text.includes(target.people.author.email);
          report.tried(isLeak ? `${procedure.path} shows ${name} what is the author's alone` : null);
        }
      }
      if (procedure.type !== 'mutation' || OPEN.has(procedure.path)) continue;
      const after = await fingerprint(target);
      report.tried(after === before ? null : `${procedure.path} let somebody else change the author's rows`);
    }
  },
};

/** What must not change by what others do: the author's rows, each as text. */
async function fingerprint({ sql, people: { author }, known: { brandId } }: Target): Promise<string> {
  const [row] = await sql<{ print: string }[]>`
    select md5(concat_ws('|',
      (select string_agg(md5(row(id, status, title, author_id, brand_id)::text), '' order by id) from ad where author_id = ${author.userId}),
      (select string_agg(md5(row(id, status, prompt, asset_id, author_id)::text), '' order by id) from remix where author_id = ${author.userId}),
      (select string_agg(md5(row(id, status, owner_id)::text), '' order by id) from asset where owner_id = ${author.userId}),
      (select string_agg(md5(row(id, status, prompt)::text), '' order by id) from generation where owner_id = ${author.userId}),
      (select string_agg(md5(row(user_id, role)::text), '' order by id) from membership where brand_id = ${brandId}),
      (select row(name, email, platform_role)::text from "user" where id = ${author.userId}),
      (select row(name, slug)::text from brand where id = ${brandId}),
      (select string_agg(balance::text, '' order by id) from ledger_account where user_id = ${author.userId} or brand_id = ${brandId}),
      (select string_agg(md5(row(metric, "limit")::text), '' order by metric) from quota where user_id = ${author.userId} or brand_id = ${brandId})
    )) as print`;
  return row!.print;
}

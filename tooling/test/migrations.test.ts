import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../launcher/paths.ts';

/** The first file that was written when the rules of docs/migrations.md were there. */
const SINCE = '0014';

const NAME = '(?:"?public"?\\.)?"?(\\w+)"?';

/** What the old code, or everybody who waits for a table, would notice. */
const NEEDS_REASON: [what: string, pattern: RegExp][] = [
  ['drops a table', /\bdrop table\b/i],
  ['drops a column', /\bdrop column\b/i],
  ['renames', /\brename (to|column)\b/i],
  ['makes a column not null', /\bset not null\b/i],
  ['changes a type', /\bset data type\b|\balter column "?\w+"? type\b/i],
];

/** What in a migration needs a line `-- contract: why`, a line each. */
function whatNeedsAReason(text: string): string[] {
  if (/^-- contract: \S.{10,}/m.test(text)) return [];
  const made = new Set(
    [...text.matchAll(new RegExp(`create table (?:if not exists )?${NAME}`, 'gi'))].map(([, name]) => name),
  );
  const sql = text.replace(/--(?!> statement-breakpoint).*$/gm, '');
  return sql.split('--> statement-breakpoint').flatMap((statement) => {
    const found = NEEDS_REASON.filter(([, pattern]) => pattern.test(statement)).map(([what]) => what);
    if (/\badd column\b[^,;]*\bnot null\b/i.test(statement) && !/\bdefault\b|\bgenerated\b/i.test(statement)) {
      found.push('adds a column that old code does not fill');
    }
    const indexed = statement.match(
      new RegExp(`create (?:unique )?index (?:if not exists )?"?\\w+"? on ${NAME}`, 'i'),
    )?.[1];
    if (indexed && !made.has(indexed)) found.push(`makes an index while nobody can write to ${indexed}`);
    const altered = statement.match(new RegExp(`alter table (?:only )?${NAME}`, 'i'))?.[1];
    if (altered && !made.has(altered) && /\badd constraint\b/i.test(statement) && !/\bnot valid\b/i.test(statement)) {
      found.push(`checks all of ${altered} while nobody can write to it`);
    }
    return found;
  });
}

test('a migration takes nothing away that yesterday’s code uses, unless it says why that is safe', () => {
  const files = readdirSync(join(root, 'drizzle')).filter((name) => name.endsWith('.sql') && name >= SINCE);
  const found = files.flatMap((name) =>
    whatNeedsAReason(readFileSync(join(root, 'drizzle', name), 'utf8')).map((what) => `${name} ${what}`),
  );
  expect(found, 'docs/migrations.md says what to do').toEqual([]);
});

test('what needs a reason is found, and what was made in the same file does not', () => {
  const next = '--> statement-breakpoint\n';
  const made = `CREATE TABLE "a" ("id" uuid NOT NULL);${next}CREATE INDEX "a_id" ON "a" USING btree ("id");${next}ALTER TABLE "a" ADD CONSTRAINT "a_b" FOREIGN KEY ("id") REFERENCES "public"."b"("id");`;
  expect(whatNeedsAReason(made)).toEqual([]);
  expect(whatNeedsAReason('ALTER TABLE "b" ADD COLUMN "c" text DEFAULT \'x\' NOT NULL;')).toEqual([]);
  expect(whatNeedsAReason('-- rename to nothing\nALTER TABLE "b" ADD COLUMN "c" text;')).toEqual([]);
  for (const statement of [
    'DROP TABLE "b";',
    'ALTER TABLE "b" DROP COLUMN "c";',
    'ALTER TABLE "b" RENAME TO "d";',
    'ALTER TABLE "b" RENAME COLUMN "c" TO "d";',
    'ALTER TABLE "b" ADD COLUMN "c" text NOT NULL;',
    'ALTER TABLE "b" ALTER COLUMN "c" SET NOT NULL;',
    'ALTER TABLE "b" ALTER COLUMN "c" SET DATA TYPE bigint;',
    'CREATE UNIQUE INDEX "b_c" ON "b" USING btree ("c");',
    'ALTER TABLE "b" ADD CONSTRAINT "b_c" CHECK (c > 0);',
  ]) {
    expect(whatNeedsAReason(`${made}${next}${statement}`), statement).toHaveLength(1);
    expect(whatNeedsAReason(`-- contract: nobody has read it since 0.2\n${statement}`)).toEqual([]);
  }
});

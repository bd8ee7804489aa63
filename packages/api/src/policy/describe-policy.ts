import { DEAD_KEY_SENTENCE } from '@repo/domain/keys/rules';
import { BRAND_RIGHTS, BRAND_ROLES } from '@repo/domain/permissions/rules';
import { type AccessCase, type Answer, answerFor, EVERYBODY } from './access-scene.ts';
import { accessTable } from './access-table.ts';
import { listProcedures } from './list-procedures.ts';

const WORDS: Record<string, string> = {
  UNAUTHORIZED: 'sign in',
  PRECONDITION_FAILED: 'sign up',
  FORBIDDEN: 'no',
  NOT_FOUND: 'unseen',
  PAYMENT_REQUIRED: 'yes¹',
};

/** The policy as people read it: `docs/policy.md`, made from the table that the tests ask by. */
export function describePolicy(): string {
  return `${[
    '# Who may do what',
    'Made by `npm run policy` from `packages/api/src/policy/access-table.ts`, which a test asks in every cell. Who may do',
    'what is decided in `packages/domain/src/permissions/ability-rules.ts`; row security stands below it.',
    '',
    '## Roles of a brand',
    '',
    ...table(
      ['May', ...BRAND_ROLES],
      Object.values(BRAND_RIGHTS).map(({ words, roles }) => [
        words,
        ...BRAND_ROLES.map((role) => ((roles as readonly string[]).includes(role) ? 'yes' : 'no')),
      ]),
    ),
    '',
    '## Keys',
    '',
    '- A person’s key acts as its person, within its scopes. A brand’s key acts as the brand’s service user, an `editor`.',
    '- Without the scope of a procedure: `FORBIDDEN`, “This key lacks the scope …”. With it: like its person.',
    `- Expired, revoked or unknown: \`UNAUTHORIZED\` everywhere, “${DEAD_KEY_SENTENCE}”`,
    '- No key makes, changes or revokes keys, passwords or sessions; a brand’s key makes no brand.',
    '',
    '## Procedures',
    '',
    '**yes**: done · **guest**: done, and a visitor becomes a guest · **sign in**, **sign up**: told to · **no**: told why',
    'not · **unseen**: told that there is no such thing · ¹ allowed, but in the test there are no credits to pay with.',
    'The *person* is the author and an owner of the brand; *owner* is one who made nothing of it; *rival* owns another brand.',
    '',
    ...table(['Procedure', 'When', 'Scope', ...EVERYBODY], listProcedures().flatMap(linesOf)),
  ].join('\n')}\n`;
}

const linesOf = ({ path, meta }: ReturnType<typeof listProcedures>[number]): string[][] =>
  (accessTable[path] ?? []).map((entry: AccessCase) => [
    `\`${path}\``,
    entry.when,
    meta?.scope ?? '',
    ...EVERYBODY.map((who) => wordFor(answerFor(entry, who))),
  ]);

function wordFor({ becomesGuest, refusal }: Answer): string {
  if (!refusal) return becomesGuest ? 'guest' : 'yes';
  return WORDS[refusal.code] ?? refusal.code;
}

const table = (head: string[], rows: string[][]): string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);

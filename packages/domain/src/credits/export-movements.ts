import type { UserContext } from '../context.ts';
import { readMovements } from './read-movements.ts';
import type { ExportInput, ExportPiece, Movement } from './schema.ts';

const LINES_A_PIECE = 1_000;

const COLUMNS: [title: string, read: (movement: Movement) => string | number][] = [
  ['time (UTC)', ({ at }) => at.toISOString()],
  ['kind', ({ kind }) => kind],
  ['change', ({ amount }) => amount],
  ['credits moved', ({ moved }) => moved],
  ['balance after', ({ balance }) => balance],
  ['counterpart', ({ counterpart }) => counterpart],
  ['what', ({ memo }) => memo],
  ['generation', ({ generation }) => generation?.id ?? ''],
  ['kind of work', ({ generation }) => generation?.kind ?? ''],
  ['model', ({ generation }) => generation?.modelLabel ?? ''],
  ['prompt begins', ({ generation }) => generation?.prompt ?? ''],
];

/** An account's movements as CSV (RFC 4180), newest first, a piece at a time, so that no list is too long to hand out. */
export async function* exportMovements(ctx: UserContext, filter: Omit<ExportInput, 'cursor'>): AsyncGenerator<string> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const piece: ExportPiece = await exportPiece(ctx, { ...filter, cursor });
    yield piece.text;
    cursor = piece.nextCursor;
  }
}

/** One piece: the first begins with the names of the columns. */
export async function exportPiece(ctx: UserContext, input: ExportInput): Promise<ExportPiece> {
  const { items, nextCursor } = await readMovements(ctx, { ...input, limit: LINES_A_PIECE });
  const lines = items.map((movement) => lineOf(COLUMNS.map(([, read]) => read(movement))));
  const head = input.cursor ? [] : [lineOf(COLUMNS.map(([title]) => title))];
  return { text: [...head, ...lines].join(''), nextCursor };
}

const lineOf = (values: (string | number)[]): string => `${values.map(fieldOf).join(',')}\r\n`;

/** Spreadsheets run a text that begins like a formula, also behind blanks or in full width. Numbers stay numbers. */
const LIKE_A_FORMULA = /^(\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/;

function fieldOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = LIKE_A_FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Numbers and dates in a text, with the words beside them. Pure. */
import { isSmallWord, stem, wordsOf } from './stem.ts';

export type FoundNumber = {
  value: number;
  /** As written, with its sign: "$1,200", "20 %", "three". */
  said: string;
  unit: 'percent' | 'money' | '';
  /** Stems of the words beside it, the nearest first. */
  near: string[];
};

/** `iso` is yyyy-mm-dd; `time` hh:mm where one is given with it. */
export type FoundDate = { iso: string; said: string };

const WORDS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const NUMBER =
  /(?<![\p{L}\p{N}_.#/-])([$€£¥]\s?)?(-?\d{1,15}(?:[ ,\u00a0\u202f]\d{3}){0,4}(?:[.,]\d{1,6})?)(\s?(?:%|percent\b|per cent\b|[$€£¥]|(?:usd|eur|gbp|dollars?|euros?|pounds?|cents?)\b))?(?![\p{N}_/])/giu;
const REACH = 60;

/** The numbers that are no part of a date. */
export function findNumbers(whole: string): FoundNumber[] {
  const text = findDates(whole).reduce((rest, { said }) => rest.replace(said, ' '.repeat(said.length)), whole);
  const found: (FoundNumber & { at: number })[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const [said, before = '', digits = '', after = ''] = match;
    const value = amountOf(digits);
    if (!Number.isFinite(value)) continue;
    const isMoney =
      before !== '' || /[$€£¥]|usd|eur|gbp|dollar|euro|pound|cent(?!\w)|cents/i.test(after.replace(/per cent/i, ''));
    const unit = /%|per ?cent/i.test(after) ? 'percent' : isMoney ? 'money' : '';
    found.push({
      value,
      said: said.trim(),
      unit,
      near: nearTo(text, match.index, match.index + said.length),
      at: match.index,
    });
  }
  for (const match of text.matchAll(
    /(?<![\p{L}\p{N}-])(zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen)(?![\p{L}\p{N}])/giu,
  )) {
    const word = match[0].toLowerCase();
    const value = word === 'dozen' ? 12 : WORDS.indexOf(word);
    found.push({
      value,
      said: match[0],
      unit: '',
      near: nearTo(text, match.index, match.index + word.length),
      at: match.index,
    });
  }
  return found.sort((a, b) => a.at - b.at).map(({ at: _, ...number }) => number);
}

/** "1,200" and "1 200" are thousands, "3,5" and "3.5" are not whole. */
function amountOf(digits: string): number {
  const plain = digits.replace(/[ \u00a0\u202f]/g, '');
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) return Number(plain.replaceAll(',', ''));
  return Number(plain.replace(',', '.'));
}

function nearTo(text: string, start: number, end: number): string[] {
  const before = wordsOf(
    text
      .slice(Math.max(0, start - REACH), start)
      .split(/[.!?\n]\s/)
      .at(-1) ?? '',
  );
  const after = wordsOf(text.slice(end, end + REACH).split(/[.!?](?:\s|$)|\n/)[0] ?? '');
  const near: string[] = [];
  // What follows a number is more often what it counts.
  for (let i = 0; i < 4; i++)
    for (const word of [after[i], before.at(-1 - i)])
      if (word && !isSmallWord(word.toLowerCase())) near.push(stem(word));
  return near;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?';

export function findDates(text: string): FoundDate[] {
  const found: (FoundDate & { at: number })[] = [];
  const collect = (pattern: RegExp, read: (groups: string[]) => [year: string, month: number, day: string]) => {
    for (const match of text.matchAll(pattern)) {
      const [year, month, day] = read(match.slice(1).map((group) => group ?? ''));
      const iso = isoOf(Number(year), month, Number(day));
      if (iso) found.push({ iso, said: match[0], at: match.index });
    }
  };
  const month = (name: string) => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  collect(/(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g, ([y, m, d]) => [y!, Number(m), d!]);
  collect(/(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)/g, ([d, m, y]) => [y!, Number(m), d!]);
  collect(new RegExp(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH},? (\\d{4})(?!\\d)`, 'gi'), ([d, m, y]) => [
    y!,
    month(m!),
    d!,
  ]);
  collect(new RegExp(`(?<![a-z])${MONTH} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?!\\d)`, 'gi'), ([m, d, y]) => [
    y!,
    month(m!),
    d!,
  ]);
  // 03/04/2026 is the third of April to some and the fourth of March to others: only what can be read one way counts.
  collect(/(?<!\d)(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/g, ([a, b, y]) =>
    Number(a) > 12 ? [y!, Number(b), a!] : Number(b) > 12 || a === b ? [y!, Number(a), b!] : [y!, 0, ''],
  );
  return found.sort((a, b) => a.at - b.at).map(({ iso, said }) => ({ iso, said }));
}

function isoOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : undefined;
}

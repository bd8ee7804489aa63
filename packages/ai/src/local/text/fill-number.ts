import type { JsonSchema } from '../../port.ts';
import { moodOf } from './fill-choice.ts';
import { CannotFill, type Filled, inWords, ownName, type Place, subjectOf } from './filling.ts';
import type { FoundNumber } from './find-numbers.ts';
import { relevance } from './read-source.ts';
import { wordsOf } from './stem.ts';

/** A number the text names for it, or one that can be measured on the text itself; else the smallest allowed. */
export function fillNumber(schema: JsonSchema, place: Place, isWhole: boolean): Filled {
  const range = rangeOf(schema, isWhole);
  if (range.low > range.high) throw new CannotFill(place, 'allows no number');
  const given = place.given === undefined ? Number.NaN : Number(place.given);
  if (isAllowed(given, range)) return { value: given, isFound: true };
  const named = namedNumber(place, (value) => isAllowed(value, range));
  if (named !== undefined) return { value: named, isFound: true };
  const measured = measure(place, range);
  if (measured !== undefined) return { value: fit(measured, range, place), isFound: true };
  return { value: fit(0, range, place), isFound: false };
}

type Range = { low: number; high: number; step: number; isOpen: boolean };

function rangeOf(schema: JsonSchema, isWhole: boolean): Range {
  const number = (key: string) => (typeof schema[key] === 'number' ? schema[key] : undefined);
  const step = number('multipleOf') ?? (isWhole ? 1 : 0);
  const nudge = step || 1e-6;
  const above = number('exclusiveMinimum');
  const below = number('exclusiveMaximum');
  const lows = [number('minimum'), above === undefined ? undefined : above + nudge].filter(
    (value) => value !== undefined,
  );
  const highs = [number('maximum'), below === undefined ? undefined : below - nudge].filter(
    (value) => value !== undefined,
  );
  return {
    low: lows.length > 0 ? Math.max(...lows) : -Number.MAX_SAFE_INTEGER,
    high: highs.length > 0 ? Math.min(...highs) : Number.MAX_SAFE_INTEGER,
    step,
    isOpen: lows.length === 0 || highs.length === 0,
  };
}

const isAllowed = (value: number, { low, high, step }: Range) =>
  value >= low && value <= high && (step === 0 || Math.abs(value / step - Math.round(value / step)) < 1e-9);

/** The nearest allowed number. */
function fit(value: number, range: Range, place: Place): number {
  const { low, high, step } = range;
  const clamped = Math.max(low, Math.min(high, value));
  if (step === 0) return Math.round(clamped * 1e6) / 1e6;
  const stepped = Math.round(clamped / step);
  const found = [stepped, Math.ceil(low / step), Math.floor(high / step)]
    .map((count) => Number((count * step).toPrecision(12)))
    .find((one) => one >= low && one <= high);
  if (found === undefined) throw new CannotFill(place, 'allows no number');
  return found + 0;
}

const MONEY = /\b(price|cost|amount|budget|fee|revenue|total|usd|eur|euros?|dollars?|msrp)\b/;
const PERCENT = /\b(percent|percentage|discount|rate|share|off)\b/;

/** The number with the best reasons to be meant: its unit, and the words it stands beside. */
function namedNumber(place: Place, isAllowedValue: (value: number) => boolean): number | undefined {
  const name = `${inWords(ownName(place))} ${place.about.toLowerCase()}`;
  const subject = subjectOf(place);
  let best: { score: number; value: number } | undefined;
  for (const found of place.source.numbers) {
    if (place.focus !== undefined && !place.focus.includes(found.said)) continue;
    const score = reasonsFor(found, name, subject);
    if (score <= 0 || (best && best.score >= score)) continue;
    // "20 %" is 0.2 where only parts of one are allowed.
    const value = [found.value, found.unit === 'percent' ? found.value / 100 : Number.NaN].find(isAllowedValue);
    if (value !== undefined) best = { score, value };
  }
  return best?.value;
}

function reasonsFor({ unit, near }: FoundNumber, name: string, subject: ReadonlySet<string>): number {
  let score = 0;
  if (unit === 'money') score += MONEY.test(name) ? 3 : -1;
  if (unit === 'percent') score += PERCENT.test(name) ? 3 : -1;
  near.forEach((word, i) => {
    if (subject.has(word)) score += 2 / (1 + i * 0.3);
  });
  if (unit === '' && near.length > 0 && /\b(count|number|quantity|how many)\b/.test(name) && subject.has(near[0]!))
    score += 1;
  return score;
}

const SCORE =
  /\b(score|confidence|relevance|weight|probability|certainty|importance|rank|match|similarity|strength|priority)\b/;

/** What can be told of the text itself without knowing more than it says. */
function measure(place: Place, range: Range): number | undefined {
  const name = inWords(ownName(place));
  const text = place.focus ?? place.source.material;
  if (/\bwords?\b/.test(name) && /\b(count|number|total|words)\b/.test(name)) return wordsOf(text).length;
  if (/\b(characters?|chars?|length)\b/.test(name)) return [...text].length;
  if (/\bsentences?\b/.test(name)) return place.source.sentences.length;
  const high = range.isOpen ? (/percent|of 100|0-100|0 to 100/.test(place.about) ? 100 : 1) : range.high;
  const low = range.isOpen ? 0 : range.low;
  if (/\b(sentiment|mood|positivity)\b/.test(name)) {
    const mood = moodOf(text);
    if (mood === undefined) return undefined;
    return low < 0 || (range.isOpen && range.low < 0) ? mood * Math.abs(high) : low + ((mood + 1) / 2) * (high - low);
  }
  if (!SCORE.test(name)) return undefined;
  // How sure one may be is nothing that can be measured on a text.
  if (place.focus === undefined || /confidence|certainty|probability/.test(name)) return undefined;
  // How much of what the text is about is in this part of it.
  const share = relevance(place.source, place.focus);
  return Math.round((low + share * (high - low)) * 100) / 100;
}

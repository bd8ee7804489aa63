import type { JsonSchema } from '../../port.ts';
import { speaksOf } from './fill-choice.ts';
import { CannotFill, type Filled, inWords, ownName, type Place, subjectOf } from './filling.ts';
import { relevance } from './read-source.ts';
import { resolveRef } from './resolve-schema.ts';
import { stem, stemsOf, wordsOf } from './stem.ts';

type Fill = (schema: JsonSchema | boolean, place: Place) => Filled;
type Schema = JsonSchema | boolean;

const MOST = 50;

/** As many entries as the text has material for, or asks for ("three ideas"), within what the schema allows. */
export function fillList(schema: JsonSchema, place: Place, fill: Fill): Filled {
  const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 0;
  const most = Math.min(MOST, typeof schema['maxItems'] === 'number' ? schema['maxItems'] : MOST);
  if (least > most) throw new CannotFill(place, least > MOST ? `wants more than ${MOST} entries` : 'allows no list');
  const first = Array.isArray(schema['prefixItems']) ? (schema['prefixItems'] as Schema[]) : [];
  const value: unknown[] = [];
  let isFound = false;
  const add = (inner: Schema, more: Partial<Place>, mayFail: boolean) => {
    const at: Place = {
      ...place,
      given: undefined,
      ...more,
      path: [...place.path, String(value.length)],
      depth: place.depth + 1,
    };
    try {
      const filled = fill(inner, at);
      if (schema['uniqueItems'] === true && value.some((one) => isSame(one, filled.value))) return;
      value.push(filled.value);
      isFound ||= filled.isFound;
    } catch (error) {
      if (!mayFail || !(error instanceof CannotFill)) throw error;
    }
  };
  for (const inner of first.slice(0, most)) add(inner, { index: value.length }, false);

  const rest = (schema['items'] ?? first.length === 0) as Schema;
  if (rest === false || most <= value.length || (place.depth > 8 && least === 0))
    return ended(value, isFound, { least, place });
  const inner = typeof rest === 'object' && typeof rest['$ref'] === 'string' ? resolveRef(rest, place) : rest;
  const material = materialFor(inner, place);
  const wanted = Math.max(least, Math.min(most, askedCount(place) ?? material.count));
  for (const [index, piece] of [...material.pieces, ...material.reserve].entries()) {
    if (
      value.length >= wanted ||
      (index >= material.pieces.length && value.length >= Math.max(least, askedCount(place) ?? 0))
    )
      break;
    add(inner, { ...piece, index }, true);
  }
  return ended(value, isFound, { least, place });
}

function ended(value: unknown[], isFound: boolean, how: { least: number; place: Place }): Filled {
  if (value.length < how.least)
    throw new CannotFill(how.place, `wants ${how.least} entries, and the text has words for ${value.length}`);
  return { value, isFound: isFound && value.length > 0 };
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** "Three ideas": how many the text wants of what the list is called after. */
function askedCount(place: Place): number | undefined {
  const name = stem(inWords(ownName(place)).split(' ').at(-1) ?? '');
  const found = place.source.wanted.find(({ near, unit }) => unit === '' && near.slice(0, 3).includes(name));
  return found && Number.isInteger(found.value) && found.value >= 0 && found.value <= MOST ? found.value : undefined;
}

type Piece = Pick<Place, 'focus' | 'given'>;
/** `reserve` is taken only where the schema wants more than there is. */
type Material = { pieces: Piece[]; count: number; reserve: Piece[] };

function materialFor(inner: Schema, place: Place): Material {
  const { source } = place;
  const ofType = typeof inner === 'object' ? inner['type'] : undefined;
  if (typeof inner === 'object' && (Array.isArray(inner['enum']) || 'const' in inner)) return choicesFor(inner, place);
  const given = (text: string): Piece => ({ given: text, focus: place.focus });
  const about = (text: string): Piece => ({ focus: text });
  if (ofType === 'number' || ofType === 'integer') {
    const numbers = source.numbers.map(({ value }) => given(String(value)));
    return { pieces: numbers, count: Math.min(numbers.length, 10), reserve: source.sentences.map(about) };
  }
  if (ofType === 'string') {
    const texts = textsFor(place);
    const reserve = [...source.keywords, ...source.sentences, ...wordsOf(source.material)].filter(
      (one) => !texts.includes(one),
    );
    return { pieces: texts.map(given), count: Math.min(texts.length, 5), reserve: [...new Set(reserve)].map(given) };
  }
  const foci = source.items.length > 1 ? source.items : rankedSentences(place);
  const reserve = [...source.sentences, ...source.keywords].filter((one) => !foci.includes(one));
  return {
    pieces: foci.map(about),
    count: Math.min(foci.length, source.items.length > 1 ? 10 : 3),
    reserve: reserve.map(about),
  };
}

/** Every option the text names, each once. */
function choicesFor(inner: JsonSchema, place: Place): Material {
  const options = 'const' in inner ? [inner['const']] : (inner['enum'] as unknown[]);
  const isNamed = (option: unknown) => speaksOf(place, inWords(String(option))) > 0;
  const piece = (option: unknown): Piece => ({ focus: inWords(String(option)) });
  const named = options.filter(isNamed).map(piece);
  return { pieces: named, count: named.length, reserve: options.filter((option) => !isNamed(option)).map(piece) };
}

const KINDS: [RegExp, (place: Place) => string[]][] = [
  [/\bcolou?rs?\b|\bpalette\b/, ({ source }) => source.colours.map(({ said }) => said)],
  [
    /\b(keywords?|tags?|topics?|themes?|categories|terms|words|phrases|labels|elements|objects|subjects|concepts)\b/,
    ({ source }) => source.keywords.filter((word) => word.split(' ').length < 3),
  ],
  [/\bhashtags?\b/, ({ source }) => source.keywords.map((word) => `#${word.replace(/[^\p{L}\p{N}]+/gu, '')}`)],
  [/\b(dates?|days)\b/, ({ source }) => source.dates.map(({ iso }) => iso)],
  [/\b(names?|brands?|people|companies|persons|entities)\b/, ({ source }) => source.names],
  [/\bquot(es?|ations?)\b/, ({ source }) => source.quotes],
  [/\bquestions?\b/, ({ source }) => source.sentences.filter((sentence) => sentence.endsWith('?'))],
  [/\b(prices?|costs?|numbers?|figures?|amounts?)\b/, ({ source }) => source.numbers.map(({ said }) => said)],
  [/\bsentences\b/, ({ source }) => source.sentences],
];

function textsFor(place: Place): string[] {
  const name = inWords(ownName(place));
  const kind = KINDS.find(([pattern]) => pattern.test(name));
  if (kind) return [...new Set(kind[1](place))];
  return place.source.items.length > 1 ? place.source.items : rankedSentences(place);
}

/** The sentences that say most, those first that speak of what the list is called after. */
function rankedSentences(place: Place): string[] {
  const subject = subjectOf(place);
  return place.source.sentences
    .map((sentence, at) => ({
      sentence,
      at,
      score: stemsOf(sentence).filter((word) => subject.has(word)).length + relevance(place.source, sentence),
    }))
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .map(({ sentence }) => sentence);
}

import { z } from 'zod';
import type { JsonSchema } from '../../port.ts';
import { CannotFill, type Filled, inWords, ownName, type Place, subjectOf } from './filling.ts';
import { fitting } from './fit-pattern.ts';
import { headlineOf, slugOf } from './headline.ts';
import { relevance } from './read-source.ts';
import { isSmallWord, stemsOf, wordsOf } from './stem.ts';

/** A text taken from the source, of the kind its name speaks of, as long and of the form the schema allows. */
export function fillString(schema: JsonSchema, place: Place): Filled {
  const { format, pattern } = schema;
  const least = typeof schema['minLength'] === 'number' ? schema['minLength'] : 0;
  const most = typeof schema['maxLength'] === 'number' ? schema['maxLength'] : Number.POSITIVE_INFINITY;
  if (least > most) throw new CannotFill(place, 'allows no text');
  if (typeof format === 'string') return fillFormat(schema, format, place);
  if (typeof pattern === 'string') {
    const found = fitting(
      pattern,
      candidates(place).filter((one) => one.length >= least && one.length <= most),
    );
    if (found === undefined) throw new CannotFill(place, 'wants a pattern that nothing in the text fits');
    return { value: found, isFound: true };
  }
  const { text, isFound } = place.given === undefined ? choose(place) : { text: place.given, isFound: true };
  return { value: fitLength(text, { least, most, place }), isFound };
}

const FORMATS: Record<string, { named: string; find: (place: Place) => (string | undefined)[] }> = {
  email: { named: 'an e-mail address', find: (place) => matches(place, /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g) },
  uri: { named: 'a web address', find: webAddresses },
  url: { named: 'a web address', find: webAddresses },
  uuid: {
    named: 'a UUID',
    find: (place) => matches(place, /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi),
  },
  date: { named: 'a date', find: (place) => inFocus(place, place.source.dates).map(({ iso }) => iso) },
  'date-time': {
    named: 'a date',
    find: (place) => inFocus(place, place.source.dates).map(({ iso }) => `${iso}T00:00:00Z`),
  },
  time: {
    named: 'a time',
    find: (place) =>
      matches(place, /(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])/g).map((time) => `${time.padStart(5, '0')}:00`),
  },
};

function webAddresses(place: Place): string[] {
  return matches(place, /https?:\/\/[^\s<>"')\]]+/g).map((url) => url.replace(/[.,;:!?]+$/, ''));
}

function fillFormat(schema: JsonSchema, format: string, place: Place): Filled {
  const known = FORMATS[format];
  const options = known ? known.find(place) : textOf(place).split(/\s+/).slice(0, 500);
  const { description: _, default: __, ...form } = schema;
  const checker = z.fromJSONSchema({ ...form, type: 'string' });
  const fits = (option: string | undefined) =>
    option !== undefined && option !== '' && checker.safeParse(option).success;
  const found = options.filter(fits)[place.index] ?? options.find(fits);
  if (found !== undefined) return { value: found, isFound: true };
  throw new CannotFill(
    place,
    `wants ${known?.named ?? `a text of the form “${format.slice(0, 30)}”`}, and the text names none`,
  );
}

const textOf = (place: Place) => place.focus ?? place.source.material;
const matches = (place: Place, pattern: RegExp): string[] => [...textOf(place).matchAll(pattern)].map(([said]) => said);

/** What was found in the sentence in question; in the whole text where there is none in question. */
function inFocus<T extends { said: string }>(place: Place, all: readonly T[]): readonly T[] {
  return place.focus === undefined
    ? all
    : all.filter(({ said }) => place.focus!.toLowerCase().includes(said.toLowerCase()));
}

type Chosen = { text: string; isFound: boolean };
const found = (text: string | undefined): Chosen => ({ text: text ?? '', isFound: text !== undefined && text !== '' });

/** By what the name says it is; what no rule knows is a sentence that speaks of it. */
const RULES: [name: RegExp, choose: (place: Place, name: string) => Chosen][] = [
  [/\bcolou?rs?\b|\bhue\b|\bshade\b/, (place, name) => found(colourOf(place, name))],
  [/\b(keyword|tag|topic|theme|category|hashtag|subject|label)s?\b/, keywordOf],
  [/\b(e ?mail)\b/, (place) => found(FORMATS['email']!.find(place)[0])],
  [/\b(url|link|website|homepage)\b/, (place) => found(webAddresses(place)[0])],
  [/\b(phone|telephone|mobile)\b/, (place) => found(phoneIn(place))],
  [/\b(date|deadline|when|until|since|day)\b/, (place) => found(inFocus(place, place.source.dates)[0]?.said)],
  [
    /\b(price|cost|amount|fee|budget)\b/,
    (place) => found(inFocus(place, place.source.numbers).find(({ unit }) => unit === 'money')?.said),
  ],
  [
    /\b(percent|percentage|discount)\b/,
    (place) => found(inFocus(place, place.source.numbers).find(({ unit }) => unit === 'percent')?.said),
  ],
  [/\b(quote|quotation|citation)\b/, (place) => found(place.source.quotes[place.index] ?? place.source.quotes[0])],
  [/\bquestion\b/, (place) => found(place.source.sentences.filter((one) => one.endsWith('?'))[place.index])],
  [/\b(language|lang|locale)\b/, languageOf],
  [/\b(id|slug|key|handle)\b/, (place) => found(slugOf(headlineOf(place)))],
  [/\bemojis?\b/, (place) => found(matches(place, /\p{Extended_Pictographic}/gu)[place.index])],
  [/\b(city|country|place|location|venue|where)\b/, (place) => found(nameAfter(place, /\b(?:in|at|near|from|to)$/i))],
  [
    /\b(author|person|speaker|artist|who|customer|by)\b/,
    (place) => found(nameAfter(place, /\b(?:by|from|with|dear|hi|hello)$/i)),
  ],
  [/\b(brand|company|organi[sz]ation|business|client)\b/, (place) => found(namesIn(place)[0])],
  [
    /\b(first|last|full|given|family)? ?name\b|\bproduct\b/,
    (place) =>
      found(place.focus === undefined ? (namesIn(place)[0] ?? place.source.keywords[place.index]) : headlineOf(place)),
  ],
  [/\b(title|headline|heading|slogan|tagline|caption|label|hook|idea|concept)\b/, (place) => found(headlineOf(place))],
  [
    /\b(summary|overview|abstract|gist|description|body|content|text|explanation|details?|answer|notes?|message)\b/,
    summaryOf,
  ],
];

function choose(place: Place): Chosen {
  const name = inWords(ownName(place));
  for (const [pattern, rule] of RULES) if (pattern.test(name)) return rule(place, name);
  return sentenceOf(place);
}

function colourOf(place: Place, name: string): string | undefined {
  const colours = inFocus(place, place.source.colours);
  const colour = colours[place.index] ?? colours[0];
  if (!colour) return undefined;
  const isHex = /hex|#[0-9a-f]{3}|rrggbb/i.test(`${name} ${place.about}`);
  return isHex
    ? `#${colour.colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
    : colour.said;
}

/** Seven figures at least; a date is no number to call. */
function phoneIn(place: Place): string | undefined {
  const dates = place.source.dates.map(({ said }) => said);
  const isPhone = (said: string) => said.replace(/\D/g, '').length >= 7 && !dates.some((date) => said.includes(date));
  return matches(place, /\+?\d[\d ()/-]{5,18}\d/g).find(isPhone);
}

function keywordOf(place: Place, name: string): Chosen {
  const ranked =
    place.focus === undefined
      ? place.source.keywords
      : place.source.keywords.filter((word) => place.focus!.toLowerCase().includes(word.toLowerCase()));
  const word = ranked[place.focus === undefined ? place.index : 0];
  if (word === undefined) return found(undefined);
  return found(/hashtag/.test(name) ? `#${word.replace(/[^\p{L}\p{N}]+/gu, '')}` : word);
}

/** English is known by its small words; nothing else is guessed. */
function languageOf(place: Place, name: string): Chosen {
  const words = wordsOf(textOf(place));
  const share = words.filter((word) => isSmallWord(word.toLowerCase())).length / Math.max(1, words.length);
  if (words.length < 4 || share < 0.2) return found(undefined);
  return found(/lang$|locale|code|iso/.test(`${name} ${place.about}`.trim()) ? 'en' : 'English');
}

const namesIn = (place: Place) =>
  place.focus === undefined ? place.source.names : place.source.names.filter((name) => place.focus!.includes(name));

function nameAfter(place: Place, before: RegExp): string | undefined {
  const text = textOf(place);
  return namesIn(place).find((name) => {
    const at = text.indexOf(name);
    return at > 0 && before.test(text.slice(0, at).trimEnd());
  });
}

function summaryOf(place: Place): Chosen {
  const { source } = place;
  if (place.focus !== undefined) return found(place.focus);
  const isNote = /\bnotes?\b|\bmessage\b/.test(inWords(ownName(place)));
  if (isNote) return sentenceOf(place);
  const best = source.sentences
    .map((sentence, at) => ({
      sentence,
      at,
      score: relevance(source, sentence) / Math.sqrt(1 + wordsOf(sentence).length / 12),
    }))
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, 2)
    .sort((a, b) => a.at - b.at);
  return found(best.map(({ sentence }) => sentence).join(' '));
}

/** The sentence that speaks most of the property; one that has been given already only when there is no other. */
function sentenceOf(place: Place): Chosen {
  const { source, used } = place;
  if (place.focus !== undefined) return { text: place.focus, isFound: true };
  const subject = subjectOf(place);
  const ranked = source.sentences
    .map((sentence, at) => {
      const shared = stemsOf(sentence).filter((word) => subject.has(word)).length;
      return { sentence, shared, at, score: shared * 2 + relevance(source, sentence) - (used.has(sentence) ? 1.5 : 0) };
    })
    .sort((a, b) => b.score - a.score || a.at - b.at);
  const [best] = ranked;
  if (!best) return found(undefined);
  used.add(best.sentence);
  return { text: best.sentence, isFound: best.shared > 0 };
}

/** Everything in the text that could stand for itself, the likeliest first. */
function candidates(place: Place): string[] {
  const { source } = place;
  const words = wordsOf(textOf(place));
  const { text } = place.given === undefined ? choose(place) : { text: place.given };
  return [
    ...new Set([
      text,
      slugOf(text),
      ...source.dates.map(({ iso }) => iso),
      ...source.colours.map(
        ({ colour }) => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`,
      ),
      ...source.names,
      ...source.quotes,
      ...textOf(place)
        .split(/\s+/)
        .map((word) => word.replace(/^[("'“„]+|[)"'”.,;:!?]+$/g, '')),
      ...words.flatMap((word) => [word, word.toLowerCase(), word.toUpperCase()]),
      ...source.keywords.flatMap((keyword) => [keyword, slugOf(keyword)]),
      ...source.sentences,
    ]),
  ]
    .filter((one) => one !== '')
    .slice(0, 600);
}

/** Cut at a word, or made longer by what else the text says. */
function fitLength(text: string, how: { least: number; most: number; place: Place }): string {
  const { least, most, place } = how;
  let long = text;
  const more = [...place.source.sentences, ...place.source.keywords];
  for (let i = 0; [...long].length < least && i < more.length; i++)
    if (!long.includes(more[i]!)) long = `${long} ${more[i]}`.trim();
  if ([...long].length < least && least <= 8 && long === '') long = 'unknown'.padEnd(least, '.');
  if ([...long].length < least)
    throw new CannotFill(place, `wants ${least} characters, and the text has not so many to give`);
  if (long.length <= most) return long;
  return shorten(long, most, least);
}

export function shorten(text: string, most: number, least = 0): string {
  if (text.length <= most) return text;
  const room = most > 3 ? most - 1 : most;
  let cut = '';
  for (const sign of text) {
    if (cut.length + sign.length > room) break;
    cut += sign;
  }
  const atWord = /^([\s\S]*\S)\s/.exec(cut)?.[1] ?? cut;
  const kept = most > 3 && [...atWord].length + 1 >= least && atWord.length > most * 0.4 ? atWord : cut;
  return most > 3 ? `${kept.replace(/[\s,;:–—-]+$/, '') || kept}…` : kept;
}

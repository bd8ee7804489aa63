/** Words brought to what they have in common: "running" and "runs", "snowy" and "snow", "sale" and "discount". */
import { namedColour } from '../colours.ts';
import type { Stage } from '../effect-entry.ts';
import { lookUp } from '../lexicon.ts';
import { nameColour } from '../name-colour.ts';
import { plainWord } from '../tokenise-prompt.ts';
import { effectEntry } from '../words.ts';

const SMALL_WORDS = new Set(
  `a about above after again against all also am an and any are as at be because been before being below between both but by can
  could did do does doing down during each either else etc even ever every few for from further get gets got had has have having he
  her here hers him his how i id if im in into is it its itself ive just let like me might more most much must my no nor not now of
  off on once one only or other our ours out over own per please quite rather re really s same shall she should so some such t than
  that thats the their theirs them then there theres these they this those through thus to too under until up upon us use used very
  via was we well were what when where whether which while who whom whose why will with within without would yes yet you your yours
  give make made write tell show list say says want need find create generate extract describe following using answer return`.split(
    /\s+/,
  ),
);

/** True for words that carry no meaning of their own; `word` in lower case. */
export const isSmallWord = (word: string): boolean =>
  SMALL_WORDS.has(word) || (word.length < 2 && !/\p{N}|\p{Script=Han}/u.test(word));

const KEPT = new Set([
  'news',
  'sales',
  'always',
  'series',
  'species',
  'lens',
  'christmas',
  'bus',
  'gas',
  'plus',
  'glass',
  'spring',
  'evening',
  'morning',
  'king',
  'ring',
  'thing',
  'brand',
  'red',
  'bed',
  'speed',
  'need',
  'seed',
  'family',
  'only',
  'early',
  'ugly',
  'summer',
  'winter',
  'paper',
  'water',
  'ever',
  'never',
  'better',
  'letter',
  'party',
  'city',
  'beauty',
  'story',
  'baby',
  'body',
  'sky',
  'money',
  'honey',
]);

/** A rough stem of an English word; words of other languages mostly stay as they are. Lower case, no accents. */
export function stem(raw: string): string {
  let word = plainWord(raw);
  if (word.length < 4 || KEPT.has(word) || /[^a-z]/.test(word)) return word === 'sales' ? 'sale' : word;
  if (word.endsWith('ies') && word.length > 4) word = `${word.slice(0, -3)}y`;
  else if (/(s|x|z|ch|sh)es$/.test(word)) word = word.slice(0, -2);
  else if (/[^su]s$/.test(word)) word = word.slice(0, -1);
  if (KEPT.has(word)) return word;
  const ending = /(ingly|edly|fulness|iness|ness|ment|ing|ed|ly|ful|est|er)$/.exec(word)?.[0];
  if (ending) {
    const rest = word.slice(0, -ending.length);
    if (/[aeiouy]/.test(rest) && rest.length >= 3) word = undouble(rest);
  }
  if (word.length > 4 && word.endsWith('y') && !/[aeiou]y$/.test(word)) word = undouble(word.slice(0, -1));
  return word.length > 4 && word.endsWith('e') ? word.slice(0, -1) : word.replace(/i$/, 'y');
}

const undouble = (word: string) => (/([bdfgmnprt])\1$/.test(word) ? word.slice(0, -1) : word);

const KIN = `sale discount offer deal promo promotion bargain reduction clearance rebate; buy purchase shop order acquire; cheap affordable
  budget inexpensive lowcost; costly expensive luxury premium luxurious; new fresh latest novel recent; happy joy joyful cheerful fun glad delight;
  sad unhappy gloomy sorrow; fast quick rapid speedy swift; big large huge giant massive; small tiny little mini compact; child kid children toddler;
  picture image photo photograph pic snapshot; film video movie clip footage; car automobile vehicle; dog puppy hound; cat kitten feline; food meal dish eat;
  drink beverage juice; beautiful pretty gorgeous lovely attractive; ad advert advertisement commercial advertising; brand company business firm;
  customer client buyer consumer shopper; good great excellent awesome fantastic superb; bad awful terrible poor horrible; cold icy frosty frozen chilly freezing;
  hot heat warm boiling; house home building; shoe sneaker trainer footwear boot; coffee espresso cappuccino latte; holiday vacation trip travel; gift present;
  easy simple effortless; strong powerful robust; quiet silent calm; loud noisy; free gratis; price cost fee; photo camera; healthy wellness fit; clothes clothing fashion apparel wear`;

const kin = new Map<string, string>();
for (const family of KIN.split(';')) {
  const [first, ...others] = family.trim().split(/\s+/).map(stem);
  for (const word of [first!, ...others]) if (!kin.has(word)) kin.set(word, `kin ${first}`);
}

/** Snow is weather, sepia is colour: what one would call a whole stage of effects. */
const STAGE_WORDS: Record<Stage, string> = {
  shape: stem('format'),
  lens: stem('focus'),
  grade: stem('color'),
  light: stem('light'),
  weather: stem('weather'),
  style: stem('style'),
  finish: stem('finish'),
  frame: stem('frame'),
  text: stem('text'),
};

/** What a word is a word for ("wintry" is snow and cold), by the tables of the painters; none for most words. */
export function conceptsOf(raw: string): string[] {
  const word = plainWord(raw);
  const found: string[] = [];
  const family = kin.get(stem(word));
  if (family) found.push(family);
  if (isSmallWord(word)) return found;
  const token = { word, raw: word, start: 0, end: word.length, kind: 'word' as const };
  const meaning = lookUp([token], 0, { scenes: true })?.meaning;
  const effects =
    meaning?.is === 'effect'
      ? [meaning.effect]
      : meaning?.is === 'bundle'
        ? meaning.parts.map(({ effect }) => effect)
        : [];
  for (const effect of effects) found.push(`effect ${effect}`, STAGE_WORDS[effectEntry(effect).stage]);
  if (meaning?.is === 'scene')
    found.push(`scene ${meaning.scene.kind ?? ''}${meaning.scene.extra ?? ''}${meaning.scene.product ?? ''}`);
  const colour = meaning?.is === 'colour' ? meaning.colour : namedColour(word);
  if (colour) found.push(`colour ${nameColour(colour).split(' ').at(-1)}`, STAGE_WORDS.grade);
  return [...new Set(found)];
}

/** The words of a text, as written; scripts without spaces come in pairs of signs. */
export function wordsOf(text: string): string[] {
  return (text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu) ?? []).flatMap((word) =>
    /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{3,}$/u.test(word) ? pairs(word) : [word],
  );
}

function pairs(word: string): string[] {
  const signs = [...word];
  return signs.slice(0, -1).map((sign, i) => sign + signs[i + 1]!);
}

/** The stems that count: no small words. */
export function stemsOf(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !isSmallWord(word.toLowerCase()))
    .map(stem);
}

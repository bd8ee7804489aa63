import { type Filled, inWords, ownName, type Place } from './filling.ts';
import { conceptsOf, stem, stemsOf, wordsOf } from './stem.ts';

const NO = /^(no|not|dont|never|without|nor|isnt|arent|wasnt|wont|avoid|neither|cannot|cant)$/;

/** The option the text speaks of most (a "no" before it counts against it); none named: the first. */
export function fillChoice(options: readonly unknown[], place: Place): Filled {
  if (options.length === 2 && options.includes(true) && options.includes(false)) return fillBoolean(place);
  const mood = fillMood(options, place);
  const scored = options.map((option) => (option === null ? 0 : speaksOf(place, inWords(String(option)))));
  const best = Math.max(...scored);
  if (best > 0) return { value: options[scored.indexOf(best)], isFound: true };
  if (mood) return mood;
  return { value: options.includes(null) && options.length > 1 ? null : options[0], isFound: false };
}

/** True where the text names what the property is called after: `hasDiscount` and "a discount". */
function fillBoolean(place: Place): Filled {
  const name = inWords(ownName(place)).replace(
    /^(is|has|are|have|was|can|should|does|do|contains?|includes?|mentions?|with|needs?|wants?)\b/,
    '',
  );
  const score = speaksOf(place, name);
  if (score !== 0) return { value: score > 0, isFound: true };
  const more = speaksOf(
    place,
    place.about.replace(/\b(true|false|whether|if|text|prompt|mentions?|contains?|includes?)\b/gi, ' '),
    0.6,
  );
  return more === 0 ? { value: false, isFound: false } : { value: more > 0, isFound: true };
}

/** How strongly the text says these words: the share of them it holds, less where it says no to them. */
export function speaksOf(place: Place, phrase: string, least = 0.5): number {
  const wanted = [...new Set(stemsOf(phrase))];
  if (wanted.length === 0) return 0;
  // "20 % off" is a discount without saying so.
  const text = wordsOf((place.focus ?? place.source.material).replace(/(%|percent) off\b/gi, '$1 off discount'));
  const said = new Map<string, number>();
  text.forEach((word, i) => {
    const isDenied = text
      .slice(Math.max(0, i - 3), i)
      .some((before) => NO.test(before.toLowerCase().replace(/['’]/g, '')));
    const weight = isDenied ? -1 : 1;
    for (const [sense, share] of [
      [stem(word), 1] as const,
      ...conceptsOf(word).map((concept) => [concept, 0.6] as const),
    ])
      said.set(sense, (said.get(sense) ?? 0) + weight * share);
  });
  let held = 0;
  let score = 0;
  for (const word of wanted) {
    // "Wintry" is weather, but not rain because rain is weather too.
    const own = conceptsOf(word).filter((concept) => concept.includes(' '));
    const senses = [word, ...own].map((sense) => said.get(sense) ?? 0);
    const found = senses.find((value) => value !== 0) ?? 0;
    if (found !== 0) held++;
    score += found;
  }
  return held / wanted.length >= least ? score / wanted.length : 0;
}

const GOOD = new Set(
  stemsOf(
    'good great love loved like excellent awesome fantastic superb happy glad best better nice wonderful amazing perfect beautiful enjoy enjoyed pleased delighted recommend helpful easy fresh cozy warm brilliant impressive thanks favourite favorite fun friendly reliable',
  ),
);
const BAD = new Set(
  stemsOf(
    'bad awful terrible poor horrible hate hated worst worse broken slow ugly disappointed disappointing useless expensive rude dirty late problem problems fail failed failure wrong annoying boring sad angry refund complaint complain unhappy confusing difficult missing damaged',
  ),
);

/** How kind the text is, -1 to 1, by plain words; "not good" is unkind. Undefined without such words. */
export function moodOf(text: string): number | undefined {
  const words = wordsOf(text);
  let [kind, all] = [0, 0];
  words.forEach((word, i) => {
    const root = stem(word);
    const value = GOOD.has(root) ? 1 : BAD.has(root) ? -1 : 0;
    if (value === 0) return;
    const isDenied = words
      .slice(Math.max(0, i - 3), i)
      .some((before) => NO.test(before.toLowerCase().replace(/['’]/g, '')));
    kind += isDenied ? -value : value;
    all++;
  });
  return all === 0 ? undefined : kind / all;
}

function fillMood(options: readonly unknown[], place: Place): Filled | undefined {
  const named = (pattern: RegExp) => options.find((option) => typeof option === 'string' && pattern.test(option));
  const [good, bad] = [named(/^(positive|good|happy)$/i), named(/^(negative|bad|unhappy)$/i)];
  if (good === undefined || bad === undefined) return undefined;
  const mood = moodOf(place.focus ?? place.source.material);
  const even = named(/^(neutral|mixed|none|unknown)$/i);
  if (mood === undefined) return even === undefined ? undefined : { value: even, isFound: false };
  if (Math.abs(mood) < 0.2 && even !== undefined) return { value: even, isFound: true };
  return { value: mood >= 0 ? good : bad, isFound: true };
}

/** A text as a point: what shares words, roots of words and meanings lies close together. No model, no learning. */
import { conceptsOf, isSmallWord, stem, wordsOf } from './stem.ts';

export const DEFAULT_DIMENSIONS = 256;
export const MOST_DIMENSIONS = 4096;

// More words than this add nothing to where a text lies.
const MOST_WORDS = 4000;

const WEIGHTS = { word: 1, small: 0.06, concept: 0.9, pair: 0.35, piece: 0.3 } as const;

/** A vector of length 1, the same for the same text on every machine. Changed word tables move what stands in them a little. */
export function embedText(text: string, dimensions = DEFAULT_DIMENSIONS): number[] {
  const vector = new Float64Array(dimensions);
  for (const [feature, weight] of featuresOf(text)) {
    // Two places each, one bit of the hash the sign: what collides by chance cancels out instead of adding up.
    for (const salt of ['', '+']) {
      const hash = hashOf(salt + feature);
      vector[(hash >>> 1) % dimensions]! += hash & 1 ? weight : -weight;
    }
  }
  const length = Math.hypot(...vector);
  if (length === 0) vector[0] = 1;
  return Array.from(vector, (value) => (length === 0 ? value : value / length));
}

function featuresOf(text: string): Map<string, number> {
  const counts = new Map<string, { count: number; weight: number }>();
  const add = (feature: string, weight: number) => {
    const known = counts.get(feature);
    if (known) known.count++;
    else counts.set(feature, { count: 1, weight });
  };
  let before = '';
  for (const word of wordsOf(text).slice(0, MOST_WORDS)) {
    const root = stem(word);
    if (isSmallWord(word.toLowerCase())) {
      add(`s ${root}`, WEIGHTS.small);
      continue;
    }
    add(`w ${root}`, WEIGHTS.word);
    for (const concept of conceptsOf(word)) add(`c ${concept}`, WEIGHTS.concept);
    if (before) add(`p ${before} ${root}`, WEIGHTS.pair);
    before = root;
    const padded = `^${root}$`;
    const share = WEIGHTS.piece / Math.sqrt(Math.max(1, padded.length - 2));
    for (let i = 0; i + 3 <= padded.length && i < 24; i++) add(`g ${padded.slice(i, i + 3)}`, share);
  }
  return new Map([...counts].map(([feature, { count, weight }]) => [feature, weight * (1 + Math.log(count))]));
}

/** FNV-1a with a last stir, so that its low bits are as good as its high ones. */
function hashOf(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

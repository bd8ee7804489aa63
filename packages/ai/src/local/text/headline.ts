import type { Place } from './filling.ts';
import { relevance } from './read-source.ts';
import { wordsOf } from './stem.ts';

const LONGEST = 70;

/** The shortest telling part of the sentence in question, or of the weightiest one: no full stop, a capital in front. */
export function headlineOf(place: Place): string {
  const { source, focus } = place;
  const quoted = source.quotes.find((quote) => focus === undefined || focus.includes(quote));
  if (quoted && quoted.length <= LONGEST) return quoted;
  const sentence = focus ?? weightiest(place) ?? '';
  const clause =
    sentence.length > LONGEST ? (/^(.{16,}?)(?:[,;:(]\s|\s[–—-]\s)/.exec(sentence)?.[1] ?? sentence) : sentence;
  const bare = clause.replace(/[\s.!,;:]+$/, '').trim();
  const short = bare.length <= LONGEST ? bare : `${bare.slice(0, LONGEST).replace(/\s+\S*$/, '')}…`;
  return short.charAt(0).toUpperCase() + short.slice(1);
}

function weightiest({ source }: Place): string | undefined {
  return source.sentences
    .map((sentence, at) => ({
      sentence,
      score: relevance(source, sentence) / Math.sqrt(1 + wordsOf(sentence).length / 10) - at * 0.02,
    }))
    .sort((a, b) => b.score - a.score)[0]?.sentence;
}

export function slugOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
}

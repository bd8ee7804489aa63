/** What a text holds that can be pointed at: its sentences, lists, key words, numbers, dates, colours, names. Pure. */
import type { Rgb } from '../colours.ts';
import { lookUp } from '../lexicon.ts';
import { cleanPrompt, tokenisePrompt } from '../tokenise-prompt.ts';
import { type FoundDate, type FoundNumber, findDates, findNumbers } from './find-numbers.ts';
import { isSmallWord, stem, stemsOf, wordsOf } from './stem.ts';

export type Source = {
  /** The text that is spoken of, without the instructions around it where they can be told apart. */
  material: string;
  /** The instructions; the whole text where they cannot. */
  asked: string;
  sentences: string[];
  /** Entries of lists, and of enumerations after a colon. */
  items: string[];
  /** Key phrases of one to three words, the weightiest first. */
  keywords: string[];
  /** How much each stem weighs, 0 to 1. */
  weights: ReadonlyMap<string, number>;
  /** All of them together. */
  weight: number;
  numbers: FoundNumber[];
  /** Numbers in the instructions: "three ideas". */
  wanted: FoundNumber[];
  dates: FoundDate[];
  colours: { said: string; colour: Rgb }[];
  /** Capitalised names, as written. */
  names: string[];
  quotes: string[];
};

/** Longer texts are read up to here. */
export const MOST_CHARACTERS = 24_000;

export function readSource(prompt: string): Source {
  const text = cleanPrompt(prompt.slice(0, MOST_CHARACTERS));
  const { material, asked } = splitOff(text);
  const sentences = sentencesOf(material);
  const { keywords, weights } = weigh(material);
  return {
    material,
    asked,
    sentences,
    items: itemsOf(material),
    keywords,
    weights,
    weight: [...weights.values()].reduce((sum, one) => sum + one, 0),
    numbers: findNumbers(material),
    wanted: findNumbers(asked.slice(0, 4000)),
    dates: findDates(material),
    colours: coloursOf(material),
    names: namesOf(sentences),
    quotes: quotesOf(material),
  };
}

const LABEL =
  /^[ \t]*(?:the )?(?:text|prompt|prompts|content|article|input|material|brief|comment|comments|review|message|description|transcript|document)s?[ \t]*:[ \t]*/im;

/** What stands in a fence, in triple quotes, in tags, or after a label such as "Text:" is what is spoken of. */
function splitOff(text: string): { material: string; asked: string } {
  for (const fence of ['"""', '```', "'''"]) {
    const start = text.indexOf(fence);
    const end = start < 0 ? -1 : text.indexOf(fence, start + 3);
    if (end > start + 3) return cut(text, start + 3, end, 3);
  }
  for (const tag of [...text.matchAll(/<([a-z][\w-]{0,30})>/gi)].slice(0, 10)) {
    const start = tag.index + tag[0].length;
    const end = text.indexOf(`</${tag[1]}>`, start);
    if (end > start) return cut(text, start, end, tag[0].length);
  }
  const label = LABEL.exec(text);
  if (label && text.length > label.index + label[0].length)
    return cut(text, label.index + label[0].length, text.length, 0);
  return { material: text, asked: text };
}

function cut(text: string, start: number, end: number, mark: number): { material: string; asked: string } {
  const material = text
    .slice(start, end)
    .replace(/^\w+\n/, '')
    .trim();
  const asked = `${text.slice(0, start - mark)}\n${text.slice(end + mark)}`.trim();
  return material ? { material, asked: asked || text } : { material: text, asked: text };
}

const LIST_MARK = /^[ \t]*(?:[-*•–]|\d{1,3}[.)])[ \t]+/;

export function sentencesOf(text: string): string[] {
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  return text
    .split(/\n+/)
    .flatMap((line) => [...segmenter.segment(line.replace(LIST_MARK, ''))].map(({ segment }) => segment.trim()))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function itemsOf(text: string): string[] {
  const listed = text.split('\n').filter((line) => LIST_MARK.test(line));
  if (listed.length > 1) return listed.map((line) => line.replace(LIST_MARK, '').trim()).filter(Boolean);
  for (const sentence of sentencesOf(text)) {
    const list = sentence.includes(':') ? sentence.slice(sentence.indexOf(':') + 1) : sentence;
    const pieces = list.split(/[,;]/);
    // "Vanilla, hazelnut and caramel": only the last comma may be an "and".
    const last = pieces.pop()?.split(/\s(?:and|or|&)\s/) ?? [];
    const parts = [...pieces, ...(pieces.length > 0 ? last : [])]
      .map((part) =>
        part
          .trim()
          .replace(/^(?:and|or)\s+/i, '')
          .replace(/[.!?]+$/, ''),
      )
      .filter(Boolean);
    if (parts.length >= 3 && parts.every((part) => part.length <= 60)) return parts;
  }
  return [];
}

/** Key phrases by how often their words occur and in how long phrases (RAKE), early ones first among equals. */
function weigh(text: string): { keywords: string[]; weights: Map<string, number> } {
  const phrases: string[][] = [];
  for (const clause of text.replace(/\S+@\S+|https?:\S+|www\.\S+/g, ' . ').split(/[^\p{L}\p{M}\p{N}'’ -]+/u)) {
    let phrase: string[] = [];
    const close = () => {
      if (phrase.length > 0) phrases.push(phrase.slice(0, 3));
      phrase = [];
    };
    for (const word of wordsOf(clause)) {
      if (isSmallWord(word.toLowerCase()) || /^\d+$/.test(word)) close();
      else phrase.push(word);
    }
    close();
  }
  const count = new Map<string, number>();
  for (const phrase of phrases) for (const word of phrase) count.set(stem(word), (count.get(stem(word)) ?? 0) + 1);
  const most = Math.max(1, ...count.values());
  const weights = new Map([...count].map(([word, n]) => [word, n / most]));
  const scored = new Map<string, { said: string; score: number; at: number }>();
  for (const [at, phrase] of phrases.entries()) {
    const key = phrase.map(stem).join(' ');
    const score = phrase.reduce((sum, word) => sum + (weights.get(stem(word)) ?? 0), 0) / Math.sqrt(phrase.length);
    const known = scored.get(key);
    if (known) known.score += score * 0.5;
    else scored.set(key, { said: phrase.map(lowered).join(' '), score, at });
  }
  const ranked = [...scored.values()].sort((a, b) => b.score - a.score || a.at - b.at);
  return { keywords: [...new Set(ranked.map(({ said }) => said))], weights };
}

/** "Winter" in mid-text may be a name; "WINTER" and "iPhone" are kept as written. */
const lowered = (word: string) => (/^\p{Lu}\p{Ll}*$/u.test(word) ? word.toLowerCase() : word);

function coloursOf(text: string): { said: string; colour: Rgb }[] {
  const tokens = tokenisePrompt(text);
  const found = new Map<string, Rgb>();
  for (let i = 0; i < tokens.length; ) {
    const meaning = lookUp(tokens, i);
    const length = meaning?.length ?? 1;
    if (meaning?.meaning.is === 'colour') {
      const said = text.slice(tokens[i]!.start, tokens[i + length - 1]!.end).toLowerCase();
      if (!found.has(said)) found.set(said, meaning.meaning.colour);
    }
    i += length;
  }
  return [...found].map(([said, colour]) => ({ said, colour }));
}

function namesOf(sentences: readonly string[]): string[] {
  const found = new Set<string>();
  for (const sentence of sentences) {
    for (const match of sentence.matchAll(/\p{Lu}[\p{L}\p{N}'’&-]*(?: \p{Lu}[\p{L}\p{N}'’&-]*){0,3}/gu)) {
      const words = match[0].split(' ');
      // The first word of a sentence is always capitalised.
      const isFirst = sentence.slice(0, match.index).trim() === '';
      const name = isFirst && isSmallWord(words[0]!.toLowerCase()) ? words.slice(1) : words;
      if (name.length === 0 || (isFirst && name.length === 1 && !/\p{Lu}.*\p{Lu}|\p{N}/u.test(name[0]!))) continue;
      if (name.some((word) => !isSmallWord(word.toLowerCase()))) found.add(name.join(' '));
    }
  }
  return [...found];
}

function quotesOf(text: string): string[] {
  return [...text.matchAll(/"([^"\n]{1,200})"|“([^”\n]{1,200})”|«([^»\n]{1,200})»|„([^“”\n]{1,200})[“”]/g)]
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').trim())
    .filter(Boolean);
}

/** How much of what a text is about some words touch, 0 to 1. */
export function relevance({ weights, weight }: Source, text: string): number {
  let touched = 0;
  for (const word of new Set(stemsOf(text))) touched += weights.get(word) ?? 0;
  return weight === 0 ? 0 : touched / weight;
}

/** Finds what a prompt wants written on the picture, and how: the words, their place, colour and size. */
import { isKnownPhrase, lookUp } from './lexicon.ts';
import { endsClause, readStyle, SIZES, SPOTS, type TextStyle, WRITERS, words } from './read-text-style.ts';
import type { Token } from './tokenise-prompt.ts';

export type TextAsk = TextStyle & { words: string };

/** `taken` marks the tokens that belong to lettering: nobody else reads them. */
export type TextReading = { texts: TextAsk[]; declined: string[]; taken: boolean[] };

const NOUNS = words(
  'word words text texts title headline slogan caption tagline message phrase lettering letters label heading sign quote subtitle writing typography strapline claim copy',
);
const SPEAKERS = words('say says saying reads reading captioned titled labeled stating spelling');
const ADDERS = words('add put write place include insert print display show overlay type give with stamp use and');
const LEADERS = words('saying says say that which reads reading read of is are');
const FRAMES = words(
  'a an the some my our your this these following big bigger large small tiny huge bold giant short one single in with written',
);
const QUOTES: Record<string, string> = {
  '"': '"',
  '“': '”“"',
  '„': '“”"',
  '«': '»',
  '‘': '’',
  "'": "'",
  '`': '`',
  '「': '」',
  '《': '》',
  '‹': '›',
  '”': '”',
};
const OPENERS = words(
  'make add turn put give apply set crop blur use change convert remove mirror flip zoom sharpen frame keep dont no without with on in at as also then please rotate',
);

export function readTexts(prompt: string, tokens: readonly Token[]): TextReading {
  const reading: TextReading = { texts: [], declined: [], taken: tokens.map(() => false) };
  const quotes = findQuotes(prompt, tokens);
  const styles: TextStyle[] = [];
  for (let i = 0; i < tokens.length; ) {
    const quote = quotes.get(i);
    const next = quote ? readQuoted(tokens, i, quote, reading) : readPlain(prompt, tokens, i, quotes, reading, styles);
    i = Math.max(i + 1, next);
  }
  for (const style of styles) for (const text of reading.texts) Object.assign(text, { ...style, ...withoutGaps(text) });
  return adoptLoosePlaces(tokens, reading);
}

function withoutGaps<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Partial<T>;
}

type Quote = { last: number; words: string };

/** Pairs of quotation marks, by the index of the token that opens them. */
function findQuotes(prompt: string, tokens: readonly Token[]): Map<number, Quote> {
  const found = new Map<number, Quote>();
  const hopeless = new Set<string>();
  for (let i = 0; i < tokens.length; i++) {
    const open = tokens[i]!;
    const closers = open.kind === 'mark' ? QUOTES[open.raw] : undefined;
    if (!closers || hopeless.has(open.raw)) continue;
    const isSingle = open.raw === "'";
    if (isSingle && /\S/.test(prompt[open.start - 1] ?? ' ') && !/[(:,]/.test(prompt[open.start - 1]!)) continue;
    let j = i + 1;
    while (
      j < tokens.length &&
      !(closers.includes(tokens[j]!.raw) && (!isSingle || !/\p{L}/u.test(prompt[tokens[j]!.end] ?? ' ')))
    )
      j++;
    if (j === tokens.length) {
      hopeless.add(open.raw);
      continue;
    }
    const inside = prompt.slice(open.end, tokens[j]!.start).replace(/\s+/g, ' ').trim();
    if (inside) found.set(i, { last: j, words: inside });
    i = j;
  }
  return found;
}

function readQuoted(tokens: readonly Token[], at: number, quote: Quote, reading: TextReading): number {
  const inside = tokens.slice(at + 1, quote.last);
  const lead = leadBefore(tokens, at, reading.taken);
  // make it "vintage": a known word in quotes that nobody asked to write is an effect.
  if (!lead.asked && quote.words === quote.words.toLowerCase() && isKnownPhrase(inside)) return at + 1;
  if (lead.removed) return quote.last + 1;
  take(reading, at, quote.last);
  take(reading, lead.start, at - 1);
  if (lead.negated) {
    reading.declined.push(`the words “${quote.words}”`);
    return quote.last + 1;
  }
  const after = readStyle(tokens, quote.last + 1);
  take(reading, quote.last + 1, after.next - 1);
  reading.texts.push({ words: quote.words, ...lead.style, ...after.style });
  return after.next;
}

/** What stands before the words to write, back to the verb: 'add the big red words'. */
function leadBefore(tokens: readonly Token[], at: number, taken: readonly boolean[]) {
  const style: TextStyle = {};
  let start = at;
  let asked = false;
  let negated = false;
  let removed = false;
  for (let i = at - 1; i >= 0 && at - i < 10 && !taken[i]; i--) {
    const token = tokens[i]!;
    if (token.kind === 'mark' && !(token.raw === ':' || token.raw === ',' || token.raw === '=')) break;
    if (token.raw === ',' && i < at - 1) break;
    const known = lookUp(tokens, i)?.meaning;
    if (known?.is === 'removal') removed = true;
    if (known?.is === 'negation') negated = true;
    if (known?.is === 'removal' || known?.is === 'negation') {
      start = known.is === 'negation' ? i : start;
      break;
    }
    const isTrigger = NOUNS.has(token.word) || SPEAKERS.has(token.word) || WRITERS.has(token.word);
    const isVerb = ADDERS.has(token.word);
    if (isTrigger) asked = true;
    if (known?.is === 'colour') style.colour ??= known.colour;
    const size = SIZES[token.word];
    if (size !== undefined) style.size ??= size;
    const isFrame =
      isTrigger ||
      isVerb ||
      known?.is === 'colour' ||
      size !== undefined ||
      FRAMES.has(token.word) ||
      LEADERS.has(token.word) ||
      token.kind === 'mark' ||
      known?.is === 'filler';
    if (!isFrame) break;
    start = i;
    if (isVerb && token.word !== 'with') {
      asked ||= /^(put|place|insert|print|display|show|overlay|type|stamp)$/.test(token.word);
      if (lookUp(tokens, i - 1)?.meaning.is === 'negation' || tokens[i - 2]?.word === 'do') continue;
      if (token.word !== 'and') break;
    }
  }
  return { start, style, asked, negated, removed };
}

/** Tries to read lettering that starts at `at` without quotation marks; returns where reading goes on. */
function readPlain(
  prompt: string,
  tokens: readonly Token[],
  at: number,
  quotes: Map<number, Quote>,
  reading: TextReading,
  styles: TextStyle[],
): number {
  const token = tokens[at]!;
  if (token.kind !== 'word') return at + 1;
  if (reading.taken[at]) return at + 1;
  const shouted = shoutAfter(tokens, at) ?? labelAfter(tokens, at);
  const isNoun = NOUNS.has(token.word);
  if (!isNoun && !SPEAKERS.has(token.word) && !WRITERS.has(token.word) && shouted === undefined) return at + 1;
  const lead = leadBefore(tokens, at, reading.taken);
  if (lead.removed) return at + 1;
  const isWriting = isNoun
    ? /^(add|put|write|place|include|insert|print|display|show|overlay|type|give|stamp|use)$/.test(
        tokens[lead.start]?.word ?? '',
      )
    : true;
  let i = shouted ?? at + 1;
  if (lead.negated) return declineText(prompt, tokens, { from: lead.start, at, quotes, reading });
  const hasLeader =
    LEADERS.has(tokens[i]?.word ?? '') || SPEAKERS.has(tokens[i]?.word ?? '') || /^[:=–—-]$/.test(tokens[i]?.raw ?? '');
  if (isNoun && !hasLeader) {
    const style = readStyle(tokens, i);
    const isBare = style.next === i;
    const restyles = !isBare && endsClause(tokens, style.next) && (style.worded || !isWriting);
    if (restyles || (isBare && endsClause(tokens, i))) {
      if (isBare && Object.keys(lead.style).length === 0) return at + 1;
      take(reading, isWriting && isBare ? at : lead.start, Math.max(at, style.next - 1));
      styles.push({ ...lead.style, ...style.style });
      return style.next;
    }
  }
  if (
    isNoun &&
    /^(make|turn|set|change|move|keep)$/.test(tokens[at - 2]?.word ?? tokens[at - 1]?.word ?? '') &&
    !hasLeader
  )
    return at + 1;
  for (let steps = 0; steps < 5 && shouted === undefined; steps++) {
    const t = tokens[i];
    if (!t || quotes.has(i)) break;
    const leads =
      LEADERS.has(t.word) ||
      SPEAKERS.has(t.word) ||
      NOUNS.has(t.word) ||
      /^[:=–—-]$/.test(t.raw) ||
      (!isNoun && /^(the|words?|text)$/.test(t.word) && NOUNS.has(tokens[i + 1]?.word ?? ''));
    if (!leads) break;
    i++;
  }
  if (quotes.has(i)) return i;
  const end = plainEnd(tokens, i);
  if (end <= i) return at + 1;
  const words = prompt
    .slice(tokens[i]!.start, tokens[end - 1]!.end)
    .replace(/\s+/g, ' ')
    .trim();
  const after = readStyle(tokens, end);
  take(reading, lead.start, Math.max(end, after.next) - 1);
  reading.texts.push({ words, ...lead.style, ...after.style });
  return after.next;
}

/** "bottom: SALE": a place and a colon open lettering. */
function labelAfter(tokens: readonly Token[], at: number): number | undefined {
  return SPOTS[tokens[at]!.word] && tokens[at + 1]?.raw === ':' && tokens[at + 2] ? at + 2 : undefined;
}

/** "don't write SALE", "no text": nothing is lettered, and the note says so. */
function declineText(
  prompt: string,
  tokens: readonly Token[],
  ask: { from: number; at: number; quotes: Map<number, Quote>; reading: TextReading },
): number {
  const { from, at, quotes, reading } = ask;
  let i = at + 1;
  while (
    i < at + 5 &&
    !quotes.has(i) &&
    (NOUNS.has(tokens[i]?.word ?? '') ||
      LEADERS.has(tokens[i]?.word ?? '') ||
      tokens[i]?.word === 'the' ||
      tokens[i]?.raw === ':')
  )
    i++;
  const quote = quotes.get(i);
  const end = quote ? quote.last + 1 : endsClause(tokens, i) ? i : plainEnd(tokens, i);
  const said = quote?.words ?? (end > i ? prompt.slice(tokens[i]!.start, tokens[end - 1]!.end) : '');
  take(reading, from, Math.max(at, end - 1));
  reading.declined.push(said ? `the words “${said}”` : 'words');
  return Math.max(at + 1, end);
}

/** "add WINTER SALE": capitals after an adding verb are lettering, unless the whole prompt is shouted. */
function shoutAfter(tokens: readonly Token[], at: number): number | undefined {
  if (!ADDERS.has(tokens[at]!.word) || tokens[at]!.word === 'and' || tokens[at]!.word === 'use' || isShout(tokens[at]))
    return undefined;
  let i = at + 1;
  while (i < at + 3 && FRAMES.has(tokens[i]?.word ?? '') && !isShout(tokens[i])) i++;
  const next = tokens[i];
  return isShout(next) &&
    (next!.raw.length > 2 || isShout(tokens[i + 1])) &&
    !/^(HD|HDR|VHS|CRT|BW|4K|3D)$/.test(next!.raw)
    ? i
    : undefined;
}

function isShout(token: Token | undefined): boolean {
  return (
    token?.kind === 'word' && /\p{Lu}/u.test(token.raw) && token.raw === token.raw.toUpperCase() && token.raw.length > 1
  );
}

/** Index after the last token of unquoted lettering that starts at `from`. */
function plainEnd(tokens: readonly Token[], from: number): number {
  const startsShouted = isShout(tokens[from]);
  let i = from;
  for (; i < tokens.length; i++) {
    const token = tokens[i]!;
    const next = tokens[i + 1];
    if (token.raw === '\n' || token.raw === ';') break;
    if (token.raw === '.' && (next === undefined || next.start > token.end || next.raw === '.')) break;
    if ((token.raw === '!' || token.raw === '?') && next?.raw !== '!' && next?.raw !== '?') {
      if (next === undefined || next.start > token.end) return i + 1;
      continue;
    }
    if (i === from) continue;
    if (readStyle(tokens, i).next > i && readStyle(tokens, i).worded && endsClause(tokens, readStyle(tokens, i).next))
      break;
    if ((token.raw === ',' || /^(and|but|then|plus|while|also|with|in|as)$/.test(token.word)) && opensAsk(tokens, i))
      break;
    if (startsShouted && /^\p{Ll}/u.test(token.raw) && !tokens.slice(i + 1, i + 3).some(isShout)) break;
  }
  while (i > from && /^(and|but|then|,|with|also|plus|[-–—:])$/.test(tokens[i - 1]!.raw.toLowerCase())) i--;
  return i;
}

/** Does a new ask begin at a comma or joining word? Then the lettering ends before it. */
function opensAsk(tokens: readonly Token[], at: number): boolean {
  let i = at + 1;
  while (/^(and|also|then|please|but|a|an|the|some|,)$/.test(tokens[i]?.raw.toLowerCase() ?? '')) i++;
  const token = tokens[i];
  if (!token) return true;
  const joiner = tokens[at]!.raw.toLowerCase();
  if (isShout(token) && isShout(tokens[at - 1])) return false;
  if (OPENERS.has(token.word) && !/^(in|at|on|with|as|no)$/.test(token.word))
    return joiner !== 'in' && joiner !== 'with' && joiner !== 'as';
  if (joiner === ',' && /^(in|at|on|with|no)$/.test(token.word)) return true;
  const known = lookUp(tokens, i);
  if (!known || !/effect|bundle|colour|strength/.test(known.meaning.is)) return false;
  if (joiner === ',' || joiner === 'with') return true;
  if (joiner === 'in' || joiner === 'as') return endsClause(tokens, i + known.length);
  return i > at + 1;
}

/** "at the top: add …" and "… , at the bottom": a place nobody claimed belongs to the words without one. */
function adoptLoosePlaces(tokens: readonly Token[], reading: TextReading): TextReading {
  const homeless = reading.texts.filter((text) => !text.place);
  if (homeless.length === 0) return reading;
  for (let i = 0; i < tokens.length && homeless.length > 0; i++) {
    if (reading.taken[i] || !/^(at|in|on|along|across|near)$/.test(tokens[i]!.word)) continue;
    const { style, next } = readStyle(tokens, i, true);
    if (!style.place || reading.taken.slice(i, next).some(Boolean)) continue;
    take(reading, i, next - 1);
    homeless.shift()!.place = style.place;
  }
  return reading;
}

function take(reading: TextReading, from: number, to: number): void {
  for (let i = Math.max(0, from); i <= to && i < reading.taken.length; i++) reading.taken[i] = true;
}

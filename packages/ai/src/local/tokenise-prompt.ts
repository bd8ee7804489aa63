/** Cuts a prompt into words with their places, in linear time whatever the prompt holds. */

export type Token = {
  /** Normalised: lower case, no accents or apostrophes, American spelling. */
  word: string;
  raw: string;
  start: number;
  end: number;
  kind: 'word' | 'hex' | 'mark';
};

// Controls, bidi overrides and zero-width characters draw nothing and can only confuse. ZWJ stays: emoji use it.
const INVISIBLE = /\p{Cc}|\p{Bidi_Control}|\p{Cs}|\p{Cn}|\p{Co}|[\u00ad\u200b\u200c\u2060-\u2064\ufeff\ufff9-\ufffb]/gu;
const PIECE =
  /#[0-9a-f]{8}(?![0-9a-z])|#[0-9a-f]{6}(?![0-9a-z])|#[0-9a-f]{3,4}(?![0-9a-z])|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*|\n|[^\s]/giu;

const EMOJI: Record<string, string> = {
  '❄': 'snow',
  '☃': 'snow',
  '⛄': 'snow',
  '🌨': 'snow',
  '🌧': 'rain',
  '☔': 'rain',
  '⛈': 'storm',
  '🌩': 'lightning',
  '⚡': 'lightning',
  '🌫': 'fog',
  '🌙': 'night',
  '🌃': 'night',
  '🌚': 'night',
  '☀': 'rays',
  '🌞': 'rays',
  '🌅': 'sunset',
  '🌇': 'sunset',
  '🌆': 'sunset',
  '⭐': 'stars',
  '🌟': 'stars',
  '🌌': 'stars',
  '✨': 'sparkles',
  '🎉': 'confetti',
  '🎊': 'confetti',
  '🍂': 'leaves',
  '🍁': 'leaves',
  '🌸': 'petals',
  '🌈': 'rainbow',
  '🎆': 'fireworks',
  '🎇': 'fireworks',
  '❤': 'hearts',
  '💕': 'hearts',
  '💖': 'hearts',
  '🎄': 'christmas',
  '🎃': 'halloween',
  '🫧': 'bubbles',
};

/** Takes out what cannot be seen. The result is what every offset refers to. */
export function cleanPrompt(prompt: string): string {
  return prompt
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, (c) => (c === '\n' || c === '\t' ? c : ''))
    .trim();
}

export function tokenisePrompt(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(PIECE)) {
    const raw = match[0];
    const start = match.index;
    const emoji = EMOJI[raw];
    const isWord = /^[\p{L}\p{N}]/u.test(raw);
    const kind = raw.length > 1 && raw[0] === '#' ? 'hex' : isWord || emoji ? 'word' : 'mark';
    if (/^[\p{M}\u200d]$/u.test(raw)) continue;
    tokens.push({ word: emoji ?? plainWord(raw), raw, start, end: start + raw.length, kind });
  }
  return tokens.filter((token, i) => !isGlue(token, tokens[i - 1], tokens[i + 1]));
}

/** The hyphen of "pop-art", the sign of "B&W" and the colon of "9:16" tie words together: phrases are matched without them. */
function isGlue(token: Token, before: Token | undefined, after: Token | undefined): boolean {
  if (token.kind !== 'mark' || before?.end !== token.start || after?.start !== token.end) return false;
  if (/^[-‐‑_&]$/.test(token.raw)) return before.kind === 'word' && after.kind === 'word';
  return /^[:/×]$/.test(token.raw) && /^\d+$/.test(before.raw) && /^\d+$/.test(after.raw);
}

/** "Colours" → "colors", "café" → "cafe", "don’t" → "dont". */
export function plainWord(raw: string): string {
  return raw
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .replace('colour', 'color')
    .replace('grey', 'gray')
    .replace('centre', 'center');
}

/** A phrase in the same spelling as tokens: "pop-art" is "pop art". */
export function plainPhrase(phrase: string): string {
  return phrase
    .trim()
    .split(/[\s-]+/)
    .map(plainWord)
    .join(' ');
}

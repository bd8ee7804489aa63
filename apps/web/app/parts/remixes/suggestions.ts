/** A piece of a prompt that a press adds. Every one of them is understood by the local model too. */
export type Suggestion = {
  label: string;
  adds: string;
  /** The piece of `adds` that is selected afterwards, to be typed over. */
  blank?: string;
};

export const SUGGESTIONS: readonly Suggestion[] = [
  { label: 'snowy night', adds: 'make it a snowy night' },
  { label: 'add the words …', adds: 'add the words "YOUR WORDS"', blank: 'YOUR WORDS' },
  { label: 'sunset', adds: 'at sunset with sun rays' },
  { label: 'polaroid', adds: 'as a polaroid' },
  { label: 'oil painting', adds: 'as an oil painting' },
  { label: 'neon', adds: 'in neon colours' },
  { label: 'black and white', adds: 'in black and white' },
  { label: 'story format', adds: 'in story format' },
];

/** `prompt` with one more wish at its end, and where in it the blank to type over is (or its end). */
export function addSuggestion(
  prompt: string,
  { adds, blank }: Suggestion,
): { text: string; select: [from: number, to: number] } {
  const before = prompt.trimEnd();
  const joint = before === '' ? '' : /[,;:]$/.test(before) ? ' ' : /[.!?]$/.test(before) ? ' ' : ', ';
  const text = before + joint + adds;
  const at = blank ? text.lastIndexOf(blank) : -1;
  return { text, select: at < 0 || !blank ? [text.length, text.length] : [at, at + blank.length] };
}

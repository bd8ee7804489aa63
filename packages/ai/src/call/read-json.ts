/**
 * The JSON in a model's words: as it stands, in a code fence, or in the midst of prose. Undefined when there is none.
 * Of several values the longest that parses is taken.
 */
export function readJson(text: string): unknown {
  const whole = parse(text.trim());
  if (whole !== undefined) return whole;
  // Every second part lies within a fence; its first line names the language. A fence within a string of the
  // value itself is not found here but below.
  const fenced = text.split('```').filter((_, at) => at % 2 === 1);
  for (const inside of fenced.toSorted((a, b) => b.length - a.length).slice(0, MAX_FENCES)) {
    const value = parse(inside.replace(/^[\w-]*/, '').trim());
    if (value !== undefined) return value;
  }
  return longestWithin(text);
}

function parse(text: string): unknown {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A model that talks on for ever shall not cost a worker its time. */
const MAX_FENCES = 50;
const MAX_STEPS = 4_000_000;

function longestWithin(text: string): unknown {
  let best: { length: number; value: unknown } | undefined;
  let steps = 0;
  const opening = /[[{]/g;
  for (let found = opening.exec(text); found && steps < MAX_STEPS; found = opening.exec(text)) {
    const end = endOf(text, found.index);
    steps += (end ?? text.length) - found.index;
    const value = end === undefined ? undefined : parse(text.slice(found.index, end));
    if (value === undefined || end === undefined) continue;
    if (!best || end - found.index > best.length) best = { length: end - found.index, value };
    opening.lastIndex = end;
  }
  return best?.value;
}

/** Where the value that opens at `start` closes, strings and escapes minded. */
function endOf(text: string, start: number): number | undefined {
  let depth = 0;
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    const sign = text[at];
    if (isQuoted) {
      if (sign === '\\') at++;
      else if (sign === '"') isQuoted = false;
    } else if (sign === '"') isQuoted = true;
    else if (sign === '{' || sign === '[') depth++;
    else if (sign === '}' || sign === ']') {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

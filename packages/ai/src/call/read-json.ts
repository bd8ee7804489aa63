/**
 * The JSON in a model's words: as it stands, in a code fence, or in the midst of prose. Undefined when there is none.
 * Of several values the longest that parses is taken.
 */
export function readJson(text: string): unknown {
  const whole = parse(text.trim());
  if (whole !== undefined) return whole;
  const fenced = [...text.matchAll(/```[\w-]*\s*\n?([\s\S]*?)```/g)].map(([, inside]) => inside!.trim());
  for (const inside of fenced.sort((a, b) => b.length - a.length)) {
    const value = parse(inside);
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
const MAX_TRIES = 200;

function longestWithin(text: string): unknown {
  let best: { length: number; value: unknown } | undefined;
  let from = 0;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const start = text.slice(from).search(/[[{]/);
    if (start < 0) break;
    const end = endOf(text, from + start);
    const value = end === undefined ? undefined : parse(text.slice(from + start, end));
    if (value !== undefined && end !== undefined) {
      const length = end - from - start;
      if (!best || length > best.length) best = { length, value };
      from = end;
    } else from += start + 1;
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

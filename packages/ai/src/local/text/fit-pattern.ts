import { runInNewContext } from 'node:vm';

/** A pattern may be written so that it runs for ever: it gets this long for all it is tried on. */
const PATIENCE_MS = 100;

/** The first text a pattern matches; undefined when none does, or when the pattern cannot be read or does not end. */
export function fitting(pattern: string, texts: readonly string[]): string | undefined {
  try {
    const at: unknown = runInNewContext(
      'const wanted = new RegExp(pattern, "u"); JSON.parse(texts).findIndex((text) => wanted.test(text))',
      { pattern, texts: JSON.stringify(texts) },
      { timeout: PATIENCE_MS },
    );
    return typeof at === 'number' && at >= 0 ? texts[at] : undefined;
  } catch {
    return undefined;
  }
}

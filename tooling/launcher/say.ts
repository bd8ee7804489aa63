import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours for a terminal, plain text for a file or with NO_COLOR. */
export const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout });

export const say = (line = ''): void => console.log(line);

/**
 * Shows that something takes its time, and then how long it took. Work that is over within 0.3 s is not mentioned.
 * `note` tells what is going on within the step.
 */
export async function step<T>(title: string, work: (note: (text: string) => void) => Promise<T>): Promise<T> {
  const isTerminal = process.stdout.isTTY;
  const started = Date.now();
  const shown = setTimeout(() => process.stdout.write(`  ${paint('dim', '…')} ${title}${isTerminal ? '' : '\n'}`), 300);
  const clear = () => isTerminal && process.stdout.write('\r\x1b[2K');
  const note = (text: string) => {
    clear();
    if (isTerminal) process.stdout.write(`  ${paint('dim', '…')} ${title}  ${paint('dim', fit(text, title.length))}`);
    else say(`      ${text}`);
  };
  try {
    const result = await work(note);
    if (Date.now() - started > 300) {
      clear();
      say(`  ${paint('green', '✓')} ${title}  ${paint('dim', secondsSince(started))}`);
    }
    return result;
  } catch (problem) {
    clear();
    say(`  ${paint('red', '✗')} ${title}  ${paint('dim', secondsSince(started))}`);
    throw problem;
  } finally {
    clearTimeout(shown);
  }
}

/** A line that wraps cannot be taken back. */
const fit = (text: string, used: number) => text.slice(0, Math.max(0, (process.stdout.columns ?? 80) - used - 8));

export const secondsSince = (started: number): string => `${((Date.now() - started) / 1000).toFixed(1)} s`;

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
    say(`  ${paint('dim', `  ${text}`)}`);
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

export const secondsSince = (started: number): string => `${((Date.now() - started) / 1000).toFixed(1)} s`;

import { readFileSync } from 'node:fs';

/** One step of the guide, as it stands there. */
export type Step =
  | { kind: 'create'; file: string; text: string }
  | { kind: 'insert'; file: string; after: string; text: string }
  /** To the one file that fits the pattern. */
  | { kind: 'append'; pattern: string; text: string }
  /** `isLong`: left out of the short form, because it takes its time. */
  | { kind: 'run'; command: string; isLong: boolean };

const FENCE = /^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm;

/** Every block of the guide that says where it belongs, in order. @throws Error for a block that says nothing. */
export function readGuide(path: string): Step[] {
  return [...readFileSync(path, 'utf8').matchAll(FENCE)].map(([, language, info = '', text = '']) => {
    const named = (name: string) => new RegExp(`\\b${name}=(?:"([^"]*)"|(\\S+))`).exec(info);
    const [file, after, append] = ['file', 'after', 'append'].map((name) => {
      const found = named(name);
      return found ? (found[1] ?? found[2]!) : null;
    });
    if (language === 'sh') return { kind: 'run', command: text.trim(), isLong: /\blong\b/.test(info) };
    if (append) return { kind: 'append', pattern: append, text };
    if (file && after) return { kind: 'insert', file, after, text };
    if (file) return { kind: 'create', file, text };
    throw new Error(`A block of the guide says neither its file nor that it is a command:\n${text.slice(0, 200)}`);
  });
}

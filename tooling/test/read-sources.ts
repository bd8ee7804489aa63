import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../launcher/paths.ts';

export type Import = { from: string; isType: boolean };
/** A source file, its path relative to the root with forward slashes. `room` is the package or app it lives in. */
export type Source = { file: string; room: string; text: string; imports: Import[] };

const SOURCES = ['{packages,apps}/**/*.{ts,tsx,mjs}', 'tooling/**/*.{ts,mjs}', '*.{ts,mjs}'];
const NOT_OURS = /(^|\/)(node_modules|build|\.data|\.cache)(\/|$)/;
const IMPORT =
  /^\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm;

export const readSources = (): Source[] =>
  globSync(SOURCES, { cwd: root, exclude: (name) => NOT_OURS.test(name) })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.split('/').some((part) => part.startsWith('.')))
    .map((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      return { file, room: file.split('/')[1] ?? '', text, imports: importsOf(text) };
    });

export const importsOf = (text: string): Import[] =>
  [...text.matchAll(IMPORT)].map(([, type, from, effect, dynamic]) => ({
    from: from ?? effect ?? dynamic ?? '',
    isType: type !== undefined,
  }));

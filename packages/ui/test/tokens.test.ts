import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AVATAR_COLORS } from '../src/layout/avatar.tsx';

const css = readFileSync(new URL('../src/theme/tokens.css', import.meta.url), 'utf8');
const tokens = Object.fromEntries(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name!,
    { light: light!, dark: dark! },
  ]),
);

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['canvas', 'surface', 'raised', 'sunken'];
const TEXTS = ['ink', 'muted', 'faint', 'accent-text', 'danger-text', 'success-text', 'warning-text'];
const CONTROLS = ['control', 'accent', 'focus', 'danger', 'success', 'warning'];
const pair = (front: string[], back: string[]) => front.flatMap((one) => back.map((other) => [one, other] as const));

const READ = [
  ...pair(TEXTS, GROUNDS),
  ...['accent', 'danger', 'success', 'warning'].flatMap((tone) =>
    pair([`${tone}-text`, 'ink', 'muted'], [`${tone}-soft`]),
  ),
  ...pair(['on-accent'], ['accent', 'accent-hover']),
  ...pair(['on-danger'], ['danger']),
  ...pair(['canvas'], ['ink']),
];

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const color = (name: string) => {
    const token = tokens[name];
    if (!token) throw new Error(`tokens.css has no --${name}`);
    return token[theme];
  };

  test.each(READ)('%s can be read on %s (4.5:1)', (text, ground) => {
    expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(pair(CONTROLS, GROUNDS))('%s can be made out on %s (3:1)', (control, ground) => {
    expect(contrast(color(control), color(ground))).toBeGreaterThanOrEqual(3);
  });
});

test.each(AVATAR_COLORS)('white initials can be read on an avatar of %s', (background) => {
  expect(contrast('#ffffff', background.slice(4, -1))).toBeGreaterThanOrEqual(4.5);
});

test('every colour of the theme stands for a token that exists', () => {
  const named = [...css.matchAll(/--color-[\w-]+: var\(--([\w-]+)\)/g)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((name) => !css.includes(`--${name}: light-dark(`))).toEqual([]);
});

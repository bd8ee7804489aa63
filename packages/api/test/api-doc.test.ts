import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matchRoute } from '../src/rest/match-route.ts';
import { ERROR_CODES } from '../src/rest/rest-failure.ts';

const doc = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8');

test('every example of the guide is a request that the API knows', () => {
  const calls = [...doc.matchAll(/^curl (?:-N )?(?:-X (\w+) )?"\$URL\/api\/v1([^"?]*)/gm)];
  expect(calls.length).toBeGreaterThan(6);
  const unknown = calls.filter(([, method = 'GET', path]) => matchRoute(method, path!).found !== 'route');
  expect(unknown.map(([call]) => call)).toEqual([]);
});

test('every way to fail stands in the guide with its status', () => {
  const missing = Object.entries(ERROR_CODES).filter(([code, status]) => !doc.includes(`| ${status} | \`${code}\` |`));
  expect(missing).toEqual([]);
});

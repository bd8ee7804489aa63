import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countTests } from '../launcher/check-steps.ts';

const folder = mkdtempSync(join(tmpdir(), 'remixify-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function aReport(parts: { passed?: number; failed?: number; pending?: number; files?: unknown[] }): string {
  const file = join(folder, 'report.json');
  const { passed = 0, failed = 0, pending = 0, files = [] } = parts;
  const numbers = { numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: 0 };
  writeFileSync(file, JSON.stringify({ ...numbers, testResults: files }));
  return file;
}

test('tests are counted as they ended', () => {
  expect(countTests(aReport({ passed: 5, pending: 2 }), true)).toEqual({ passed: 5, failed: 0, skipped: 2 });
  expect(countTests(aReport({ passed: 5, failed: 1 }), false)).toEqual({ passed: 5, failed: 1, skipped: 0 });
});

test('a file that could not be loaded is a failure, though no test of it failed', () => {
  const files = [{ status: 'failed', assertionResults: [] }];
  expect(countTests(aReport({ passed: 5, files }), false)).toMatchObject({ passed: 5, failed: 1 });
});

test('an error outside every test is a failure', () => {
  expect(countTests(aReport({ passed: 5 }), false)).toMatchObject({ passed: 5, failed: 1 });
});

test('a run of nothing is a failure', () => {
  expect(countTests(aReport({}), true)).toMatchObject({ passed: 0, failed: 1 });
  expect(countTests(join(folder, 'missing.json'), true)).toMatchObject({ passed: 0, failed: 1 });
});

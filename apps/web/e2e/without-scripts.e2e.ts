import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium, noBrowserBecause } from '../../../tooling/browser/launch-chromium.ts';
import { newVisitor, type Visitor } from './visitor.ts';

describe.skipIf(noBrowserBecause)('without JavaScript', () => {
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    browser = await launchChromium();
    visitor = await newVisitor(browser, { javaScriptEnabled: false });
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) => onTestFailed(() => visitor.saveEvidence(task.name)));

  test('a visitor picks an ad, is told what is missing, presses Remix, and finds the picture after the page reloads itself', async () => {
    const { page } = visitor;
    await page.goto('/');
    await page.getByRole('link', { name: 'Sunshine, canned', exact: true }).click();
    await page.getByRole('button', { name: 'Remix', exact: true }).click();
    await page.getByText('Say what should change: the prompt is empty.').waitFor();
    await page.getByLabel('What should change?').fill('as a pencil sketch');
    await page.getByRole('button', { name: 'Remix', exact: true }).click();
    await page.waitForURL(/\/remixes\/[\w-]{36}$/);
    const remix = page.getByRole('main').getByRole('img', { name: 'Remix of Sunshine, canned: as a pencil sketch' });
    await remix.waitFor({ timeout: 60_000 });
    await expect.poll(() => remix.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
    expect(await page.getByRole('region', { name: 'Receipt' }).textContent()).toContain('Captured4 credits');
    expect(visitor.troubles).toEqual([]);
  });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO_ACCOUNTS } from '@repo/domain/demo/demo-accounts';
import { PICTURE_SENTENCES } from '@repo/media/rules';
import {
  htmlNamedJpg,
  htmlWithJpegMagic,
  hugePng,
  paintTestPhoto,
  svgFile,
  truncatedJpeg,
  zeroByteFile,
} from '@repo/media/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium, noBrowserBecause } from '../../../tooling/browser/launch-chromium.ts';
import { signIn } from './people.ts';
import { creditsOf } from './remix-page.ts';
import { newVisitor, stack, type Visitor } from './visitor.ts';

const MB = 1024 * 1024;
const TITLE = 'Kept while something is refused';

describe.skipIf(noBrowserBecause)('what cannot be taken is refused in a sentence', () => {
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    browser = await launchChromium();
    visitor = await newVisitor(browser);
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) => {
    visitor.troubles.length = 0;
    visitor.refusals.length = 0;
    onTestFailed(() => visitor.saveEvidence(task.name));
  });

  test('an empty prompt', async () => {
    const { page } = visitor;
    await openAnAd(page);
    await pressRemixWith(page, '   ');
    await page.getByText('Say what should change: the prompt is empty.').waitFor();
    expect(await creditsOf(page)).toBe(20);
    expect(visitor).toMatchObject({ troubles: [], refusals: [expect.stringMatching(/^400 /)] });
  });

  test('a prompt of 10,000 characters, none of which is lost', async () => {
    const { page } = visitor;
    await openAnAd(page);
    const prompt = 'make it snow. '.repeat(1000).slice(0, 9_999).padEnd(10_000, 'x');
    await pressRemixWith(page, prompt);
    await page.getByText('A prompt has at most 2,000 characters; this one has 10,000.').waitFor();
    await page.getByText('10,000 / 2,000').waitFor();
    expect(await page.getByLabel('What should change?').inputValue()).toBe(prompt);
    await page.reload();
    await expect.poll(() => page.getByLabel('What should change?').inputValue()).toBe(prompt);
    expect(await creditsOf(page)).toBe(20);
    expect(visitor).toMatchObject({ troubles: [], refusals: [expect.stringMatching(/^400 /)] });
  });

  test.each([
    ['that is no UUID', '/ads/spring-sale'],
    ['that does not exist', '/ads/0199f9b4-0000-7000-8000-000000000000'],
  ])('the id of an ad %s', async (_, path) => {
    const { page } = visitor;
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(404);
    await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor();
    expect(await page.getByText('Request id').textContent()).toContain(answer?.headers()['x-request-id']);
    await page.getByRole('main').getByRole('link', { name: 'Go to the feed' }).click();
    await page.getByRole('list', { name: 'Ads and remixes' }).waitFor();
    expect(visitor).toMatchObject({ troubles: [], refusals: [expect.stringMatching(/^404 /)] });
  });

  test('a picture without an account', async () => {
    const { page } = visitor;
    await page.goto('/upload');
    expect(await page.locator('input[type=file]').count()).toBe(0);
    await page.getByRole('main').getByRole('link', { name: 'Sign up' }).waitFor();
  });

  describe('as a picture:', () => {
    beforeAll(() => signIn(visitor.page, DEMO_ACCOUNTS.creator));

    test.each<[name: string, sentence: string, make: () => Uint8Array | Promise<Uint8Array>, file: string]>([
      ['a file of 0 bytes', PICTURE_SENTENCES.empty, zeroByteFile, 'nothing.png'],
      ['a page of HTML named .jpg', PICTURE_SENTENCES.not_a_picture, htmlNamedJpg, 'holiday.jpg'],
      ['a page of HTML that begins as a JPEG', PICTURE_SENTENCES.damaged, htmlWithJpegMagic, 'holiday.jpg'],
      ['a JPEG that was cut off', PICTURE_SENTENCES.damaged, truncatedJpeg, 'half.jpg'],
      ['a PNG of 30,000 x 30,000 pixels', PICTURE_SENTENCES.too_many_pixels, () => hugePng(), 'bomb.png'],
      ['a file of 51 MB', PICTURE_SENTENCES.too_large, heavyJpeg, 'heavy.jpg'],
      ['an SVG', PICTURE_SENTENCES.type_not_allowed, svgFile, 'logo.svg'],
    ])('%s', async (_, sentence, make, file) => {
      const { page } = visitor;
      await page.goto('/upload');
      await nameTheAd(page);
      const path = join(stack().dataDir, file);
      await writeFile(path, await make());
      await page.locator('input[type=file]').setInputFiles(path);
      await page.getByRole('alert').filter({ hasText: sentence }).waitFor();

      await page.getByRole('button', { name: 'Publish ad' }).click();
      expect(await page.getByRole('alert').filter({ hasText: sentence }).isVisible()).toBe(true);
      expect(new URL(page.url()).pathname).toBe('/upload');
      expect(await page.getByLabel('Title').inputValue()).toBe(TITLE);
      expect(visitor).toMatchObject({ troubles: [], refusals: [] });
    });

    test('and a good one after all of them is taken', async () => {
      const { page } = visitor;
      const good = { name: 'good.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await paintTestPhoto()) };
      await page.locator('input[type=file]').setInputFiles(good);
      await page.getByRole('img', { name: 'The picture of your ad' }).waitFor();
      expect(await page.getByLabel('Title').inputValue()).toBe(TITLE);
    });
  });

  test('a place that another tab signed out already, where it was pressed', async () => {
    const { page, context } = visitor;
    const elsewhere = await newVisitor(browser, { userAgent: 'Somewhere/1.0' });
    await signIn(elsewhere.page, DEMO_ACCOUNTS.creator);
    const tabs = [page, await context.newPage()];
    for (const tab of tabs) await tab.goto('/settings');
    for (const tab of tabs) await tab.getByRole('button', { name: 'Sign out A browser' }).first().click();
    await page.getByText('That place is signed out.').waitFor();
    const places = tabs[1]!.locator('#places');
    await places.getByText('There is no such session. It may have ended already.').waitFor();
    await expect.poll(() => places.getByRole('button', { name: 'Sign out A browser' }).count()).toBe(0);
    expect(visitor).toMatchObject({ troubles: [], refusals: [expect.stringMatching(/^404 /)] });
    await elsewhere.context.close();
  });
});

async function openAnAd(page: Page): Promise<void> {
  await page.goto('/?tab=ads');
  await page.getByRole('link', { name: 'Sunshine, canned', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Sunshine, canned' }).waitFor();
}

/** The page brings back what was typed before, maybe between the selecting and the typing that a fill consists of. */
async function nameTheAd(page: Page): Promise<void> {
  const title = page.getByLabel('Title');
  await expect.poll(() => title.fill(TITLE).then(() => title.inputValue())).toBe(TITLE);
}

async function pressRemixWith(page: Page, prompt: string): Promise<void> {
  await page.getByLabel('What should change?').fill(prompt);
  await page.getByRole('button', { name: 'Remix', exact: true }).click();
}

/** A photograph of 51 MB, most of which says nothing. */
async function heavyJpeg(): Promise<Uint8Array> {
  const bytes = new Uint8Array(51 * MB);
  bytes.set(await paintTestPhoto({ width: 640, height: 480 }));
  return bytes;
}

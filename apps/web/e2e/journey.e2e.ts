import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium, noBrowserBecause } from '../../../tooling/browser/launch-chromium.ts';
import { countSpecks, edgesAcross, fullestArea, litUp, luminance, meanColour } from './pictures.ts';
import { creditsOf, picturesOf, receiptOf, untilMade } from './remix-page.ts';
import { newVisitor, stack, type Visitor } from './visitor.ts';

const WISH = 'make it a snowy night and add the words WINTER SALE';

/** One person's way through the product, from the first look to the brand's numbers. Each step stands on the one before. */
describe.skipIf(noBrowserBecause)('a newcomer', () => {
  let browser: Browser;
  let ada: Visitor;
  let hasFailed = false;

  beforeAll(async () => {
    browser = await launchChromium();
    ada = await newVisitor(browser);
  });
  afterAll(() => browser?.close());
  beforeEach(({ skip, task, onTestFailed }) => {
    skip(hasFailed, 'The step before did not work.');
    onTestFailed(async () => {
      hasFailed = true;
      holdWorker(false);
      await ada.saveEvidence(task.name);
    });
  });

  test('opens the feed and sees ads of brands and remixes, every picture loaded', async () => {
    const { page } = ada;
    await page.goto('/');
    const wall = page.getByRole('list', { name: 'Ads and remixes' });
    expect(await wall.getByRole('img', { name: /^Ad: .+ by / }).count()).toBe(3);
    expect(await wall.getByRole('img', { name: /^Remix of / }).count()).toBe(2);
    for (const brand of ['Ferrinbahn', 'Pippola', 'Owlway']) expect(await wall.textContent()).toContain(brand);
    await expect
      .poll(() => wall.locator('img').evaluateAll(widthsOf))
      .toEqual([480, 480, 480, 480, 480].map(() => expect.any(Number)));
    for (const width of await wall.locator('img').evaluateAll(widthsOf)) expect(width).toBeGreaterThan(100);
  });

  test('opens an ad, types a wish, and knows the price and the balance before pressing', async () => {
    const { page } = ada;
    await page.getByRole('link', { name: 'Ferrin Pass', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Ferrin Pass' }).waitFor();
    await page.getByLabel('What should change?').fill(WISH);
    const composer = page.locator('form', { has: page.getByLabel('What should change?') });
    const said = await composer.textContent();
    expect(said).toContain('4 credits · you have 20');
    expect(said).toContain('Made by Local effects (no AI key set)');
    expect(said).toContain(`${WISH.length} / 2,000`);
  });

  test('presses Remix twice at once and gets one remix, whose place in the queue and wait are told', async () => {
    holdWorker(true);
    const { page } = ada;
    await page.getByRole('button', { name: 'Remix', exact: true }).dblclick();
    await page.waitForURL(/\/remixes\/[\w-]{36}$/);
    await page.getByText(/^You are next, ready in about \d+ seconds?\.$/).waitFor();
    expect(await page.getByRole('status').allTextContents()).toContain('In the queue');
    await expect.poll(() => creditsOf(page)).toBe(16);
    expect(await receiptOf(page)).toMatchObject({ Quoted: '4 credits', Held: '4 credits', Captured: '0 credits' });
  });

  test('reloads, closes the tab and opens another one: the one remix still waits under My remixes', async () => {
    await ada.page.reload();
    await ada.page.getByText(/^You are next, ready in about/).waitFor();
    const page = await ada.reopenTab();
    await page.goto('/my-remixes');
    const mine = page.getByRole('list', { name: 'My remixes' }).getByRole('listitem');
    expect(await mine.count()).toBe(1);
    expect(await mine.textContent()).toContain('In the queue');
    await mine.getByRole('link', { name: WISH }).click();
    await page.getByText(/^You are next, ready in about/).waitFor();
  });

  test('watches true progress, then compares the remix with the original by keyboard', async () => {
    const { page, told } = ada;
    told.length = 0;
    holdWorker(false);
    const slider = await untilMade(page);
    const percents = told.flatMap((text) => text.match(/^\D+ (\d+)$/)?.[1] ?? []).map(Number);
    expect(percents.length).toBeGreaterThan(0);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect(told).toContain('Your remix is ready.');

    const value = async () => Number(await slider.getAttribute('aria-valuenow'));
    const edge = async () => (await slider.boundingBox())!.x;
    const [before, beforeEdge] = [await value(), await edge()];
    await slider.press('ArrowRight');
    expect(await value()).toBeGreaterThan(before);
    await expect.poll(edge).toBeGreaterThan(beforeEdge);
    await slider.press('Home');
    expect(await slider.getAttribute('aria-valuetext')).toBe('0% original, 100% remix');
  });

  test('reads a receipt that says what was quoted, held and captured, by which model, in how long', async () => {
    const receipt = await receiptOf(ada.page);
    expect(receipt).toMatchObject({
      Quoted: '4 credits',
      Held: '4 credits',
      Captured: '4 credits',
      'Given back': '0 credits',
      Model: 'Local effects (no AI key set)',
      Time: expect.stringMatching(/^\d+(\.\d)? s$/),
      Charged: '4 credits',
      below: expect.stringMatching(/sum to 0\.$/),
    });
    expect(await creditsOf(ada.page)).toBe(16);
  });

  test('sees what the sentence said: a darker, bluer picture with flakes and lettering on it', async () => {
    const { original, remix } = await picturesOf(ada);
    expect([remix.width, remix.height]).toEqual([original.width, original.height]);
    const [was, is] = [meanColour(original), meanColour(remix)];
    expect(luminance(is), 'night is darker').toBeLessThan(luminance(was) * 0.75);
    const blueShare = ([red, green, blue]: readonly number[]) => blue! / (red! + green! + blue!);
    expect(blueShare(is), 'night is bluer').toBeGreaterThan(blueShare(was) + 0.03);

    const painted = litUp(original, remix);
    const words = fullestArea(painted, remix);
    expect(words.share, 'a line of light letters').toBeGreaterThan(0.3);
    expect(edgesAcross(painted, remix, words), 'edges of letters').toBeGreaterThanOrEqual(10);
    expect(countSpecks(painted, remix), 'flakes').toBeGreaterThan(40);
    const share = painted.reduce((sum, one) => sum + one, 0) / painted.length;
    expect(share, 'and the rest stays dark').toBeLessThan(0.25);
  });

  test('met no error and no breach of the content policy on the way', () => {
    expect(ada.troubles).toEqual([]);
  });
});

const widthsOf = (images: Element[]): number[] => images.map((image) => (image as HTMLImageElement).naturalWidth);

/** A worker that stands still leaves a remix in the queue for as long as somebody looks at it. */
function holdWorker(isHeld: boolean): void {
  process.kill(stack().workerPid, isHeld ? 'SIGSTOP' : 'SIGCONT');
}

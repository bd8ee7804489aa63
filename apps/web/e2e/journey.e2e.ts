import { fixturePhoto } from '@repo/media/testing';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium, noBrowserBecause } from '../../../tooling/browser/launch-chromium.ts';
import { mailTo } from './mails.ts';
import {
  bottomEdgeOf,
  bytesOf,
  colourfulness,
  contrast,
  countSpecks,
  difference,
  edgesAcross,
  fullestArea,
  litUp,
  luminance,
  meanColour,
  middleOf,
  pixelsOf,
} from './pictures.ts';
import { askForRemix, creditsOf, picturesOf, receiptOf, untilMade } from './remix-page.ts';
import { dropFile, slowUploads } from './upload-page.ts';
import { newVisitor, stack, type Visitor } from './visitor.ts';

const ADA = { name: 'Ada Quist', email: 'ada@quist.example', password: 'seven green kettles' };
const AD = { title: 'Out there', location: 'Lofoten · Autumn', brand: 'Nordvei' };
const WISH = 'make it a snowy night and add the words WINTER SALE';

/** One person's way through the product, from the first look to the brand's numbers. Each step stands on the one before. */
describe.skipIf(noBrowserBecause)('a newcomer', () => {
  let browser: Browser;
  let ada: Visitor;
  let hasFailed = false;
  const places = { draft: '', draftPicture: '', published: '' };

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
    // Whoever came before may have published more.
    expect(await wall.getByRole('img', { name: /^Ad: .+ by (Ferrinbahn|Pippola|Owlway)$/ }).count()).toBe(3);
    expect(await wall.getByRole('img', { name: /^Remix of / }).count()).toBe(2);
    for (const brand of ['Ferrinbahn', 'Pippola', 'Owlway']) expect(await wall.textContent()).toContain(brand);
    expect(await wall.locator('img').count()).toBeGreaterThanOrEqual(5);
    await expect.poll(async () => Math.min(...(await wall.locator('img').evaluateAll(widthsOf)))).toBeGreaterThan(100);
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
    await mine.getByRole('link', { name: WISH, exact: true }).click();
    await page.getByText(/^You are next, ready in about/).waitFor();
  });

  test('watches true progress, which a reload in the middle does not set back', async () => {
    const { page, told } = ada;
    told.length = 0;
    const percents = () => told.flatMap((text) => text.match(/^\D+ (\d+)$/)?.[1] ?? []).map(Number);
    holdWorker(false);
    await expect.poll(() => Math.max(0, ...percents()), { interval: 10 }).toBeGreaterThan(0);
    holdWorker(true);
    const before = percents().at(-1)!;
    await page.reload();
    const bar = page.getByRole('main').getByRole('progressbar');
    expect(Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThanOrEqual(before);
    holdWorker(false);
    await untilMade(page);
    expect(percents()).toEqual(percents().toSorted((a, b) => a - b));
    expect(told).toContain('Your remix is ready.');
  });

  test('compares the remix with the original by keyboard', async () => {
    const slider = await untilMade(ada.page);
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

  test('opens the full receipt, and from there every credit, whose entries sum to 0, and takes them along as a file', async () => {
    const { page, context } = ada;
    const remix = page.url();
    await page.getByRole('link', { name: 'Full receipt' }).click();
    await page.getByRole('heading', { level: 1, name: 'Remix of a picture' }).waitFor();
    const happened = await page.getByRole('region', { name: 'What happened' }).getByRole('listitem').allTextContents();
    expect(happened).toEqual([
      expect.stringContaining('Asked for'),
      expect.stringContaining('4, you to held'),
      expect.stringContaining('the result came'),
      expect.stringContaining('4, held to spent'),
      expect.stringContaining('Done'),
    ]);
    expect(await page.getByRole('region', { name: 'Receipt' }).textContent()).toContain('these entries sum to 0.');

    await page
      .getByRole('banner')
      .getByRole('link', { name: /^16 credits/ })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Where your credits went' }).waitFor();
    await page.getByText('These 6 entries sum to 0.').waitFor();
    expect(await page.getByRole('row').allTextContents()).toEqual([
      expect.stringContaining('Balance'),
      expect.stringMatching(/^.*Spent.*016$/),
      expect.stringMatching(/^.*Held.*−416$/),
      expect.stringMatching(/^.*Given.*\+2020$/),
    ]);
    const file = await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href');
    const csv = await context.request.get(file!);
    expect(csv.headers()['content-disposition']).toMatch(/filename="remixify-credits-until-[\d-]+\.csv"/);
    expect((await csv.text()).trimEnd().split('\r\n')).toHaveLength(4);
    await page.goto(remix);
    await untilMade(page);
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

  test('signs up, and the remix and the credits that were left come along', async () => {
    const { page } = ada;
    await page.getByRole('banner').getByRole('link', { name: 'Sign up' }).click();
    await page.getByLabel('Name').fill(ADA.name);
    await page.getByLabel('E-mail address').fill(ADA.email);
    await page.getByLabel('Password', { exact: true }).fill(ADA.password);
    await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();
    await page
      .getByRole('button', { name: `Account of ${ADA.name}` })
      .or(page.getByLabel(`Account of ${ADA.name}`))
      .first()
      .waitFor();
    expect(await creditsOf(page)).toBe(116);
    await page.getByRole('navigation', { name: 'Main' }).first().getByRole('link', { name: 'My remixes' }).click();
    await page.getByRole('list', { name: 'My remixes' }).getByRole('link', { name: WISH, exact: true }).waitFor();
  });

  test('finds the mail in the folder of mails, and its link confirms the address', async () => {
    const { page } = ada;
    await page.getByText(/Please confirm your address/).waitFor();
    const mail = await mailTo(ADA.email);
    expect(mail).toContain('Subject: Confirm your e-mail address');
    expect(mail).toContain(`Hello ${ADA.name},`);
    await page.goto(mail.match(/http\S+\/verify-email\?token=[\w.-]+/)![0]);
    await page.getByRole('button', { name: 'Confirm this address' }).click();
    await page.getByText('Thank you: your address is confirmed.').waitFor();
    await page.goto('/');
    expect(await page.getByText(/Please confirm your address/).count()).toBe(0);
  });

  test('drops a photograph of a phone on the upload page, sees the bytes go, and publishes it as an ad', async () => {
    const { page, told } = ada;
    const photo = await fixturePhoto('Landscape_6.jpg');
    await page.getByRole('navigation', { name: 'Main' }).first().getByRole('link', { name: 'Upload an ad' }).click();
    await page.getByLabel('Title').fill(AD.title);
    await page.getByLabel('Location or campaign').fill(AD.location);
    await page.getByLabel('New brand name').fill(AD.brand);
    told.length = 0;
    const network = await slowUploads(page, 250_000);
    await dropFile(page, page.locator('label:has(input[type=file])'), { ...photo, type: 'image/jpeg' });
    await page.getByText('1,800 × 1,200 pixels. Location and camera data are taken out.').waitFor();
    await network.detach();
    const percents = told.flatMap((text) => text.match(/^Uploading (\d+)$/)?.[1] ?? []).map(Number);
    expect(percents.filter((percent) => percent > 0 && percent < 100).length, `seen: ${percents}`).toBeGreaterThan(0);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect(told).toContain('Checking the picture');

    await page.getByRole('button', { name: 'Publish ad' }).click();
    await page.waitForURL(/\/ads\/[\w-]{36}$/);
    await page.getByRole('heading', { level: 1, name: AD.title }).waitFor();
    expect(await page.getByRole('main').textContent()).toContain(AD.location);
  });

  test('finds the ad first in the feed, upright, with nothing in its bytes that a camera wrote', async () => {
    const { page, context } = ada;
    await page.goto('/');
    const image = page.getByRole('list', { name: 'Ads and remixes' }).getByRole('img').first();
    expect(await image.getAttribute('alt')).toBe(`Ad: ${AD.title} by ${AD.brand}`);
    const { bytes } = await bytesOf(image, context);
    const { exif, xmp, iptc, orientation } = await sharp(bytes).metadata();
    expect({ exif, xmp, iptc, orientation }).toEqual({});
    expect(bytes.includes('Exif')).toBe(false);

    const shown = await pixelsOf(bytes);
    expect([shown.width, shown.height]).toEqual([1600, 1067]);
    const photo = await fixturePhoto('Landscape_6.jpg');
    const upright = await sharp(photo.bytes).autoOrient().resize(1600, 1067).png().toBuffer();
    expect(difference(shown, await pixelsOf(upright)), 'the same picture, turned as people hold it').toBeLessThan(8);
    const upsideDown = await sharp(photo.bytes).autoOrient().rotate(180).resize(1600, 1067).png().toBuffer();
    expect(difference(shown, await pixelsOf(upsideDown))).toBeGreaterThan(20);
  });

  test('remixes the ad to black and white in a polaroid frame, and gets exactly that', async () => {
    const { page } = ada;
    await page.getByRole('link', { name: AD.title, exact: true }).click();
    await askForRemix(page, 'make it black and white and add a polaroid frame');
    await untilMade(page);
    places.draft = page.url();
    const { original, remix, url } = await picturesOf(ada);
    places.draftPicture = url;
    const inner = middleOf(remix);
    expect(colourfulness(middleOf(original)), 'the photograph has colours').toBeGreaterThan(15);
    expect(colourfulness(inner), 'the remix has none').toBeLessThan(4);
    expect(contrast(inner), 'and is still a picture').toBeGreaterThan(15);
    expect(luminance(meanColour(bottomEdgeOf(remix))), 'the frame is white').toBeGreaterThan(200);
  });

  test('remixes that remix to red, and publishes it', async () => {
    const { page } = ada;
    await askForRemix(page, 'make it red');
    await untilMade(page);
    places.published = page.url();
    expect(places.published).not.toBe(places.draft);
    await page.getByText(/through another remix of yours/).waitFor();
    const { original, remix } = await picturesOf(ada);
    expect([remix.width, remix.height]).toEqual([original.width, original.height]);
    const redShare = ([red, green, blue]: readonly number[]) => red! / (red! + green! + blue!);
    expect(redShare(meanColour(middleOf(original)))).toBeLessThan(0.36);
    expect(redShare(meanColour(middleOf(remix)))).toBeGreaterThan(0.45);
    expect(await creditsOf(page)).toBe(108);
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Published. Everybody can see it and remix it now.').waitFor();
  });

  test('is seen by a stranger with what was published, and with nothing else', async () => {
    const stranger = await newVisitor(browser);
    const { page, context } = stranger;
    await page.goto(places.published);
    await page.getByRole('heading', { level: 1, name: `Remix by ${ADA.name}` }).waitFor();
    const image = page.getByRole('main').getByRole('img', { name: /^Remix of / });
    expect((await pixelsOf((await bytesOf(image, context)).bytes)).width).toBeGreaterThan(400);
    expect(await page.getByRole('img', { name: 'The remix it was made from' }).count()).toBe(0);
    await page.goto('/');
    await page
      .getByRole('list', { name: 'Ads and remixes' })
      .getByRole('link', { name: 'make it red', exact: true })
      .waitFor();
    expect(stranger.troubles).toEqual([]);
    expect(stranger.refusals).toEqual([]);

    const answer = await page.goto(places.draft);
    expect(answer?.status()).toBe(404);
    await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor();
    const unsigned = new URL(places.draftPicture);
    unsigned.search = '';
    expect([403, 404]).toContain((await context.request.get(unsigned.href)).status());
    await context.close();
  });

  test('opens the admin app, is signed in already, and reads the true numbers of the brand', async () => {
    const { page } = ada;
    await page.goto(stack().admin);
    await page.getByRole('heading', { level: 1, name: AD.brand }).waitFor();
    const tile = async (name: string) =>
      (await page.getByRole('group', { name, exact: true }).textContent())?.match(/\d+/)?.[0];
    expect(await tile('Ads')).toBe('1');
    expect(await tile('Remixes')).toBe('1');
    expect(await tile('Creators')).toBe('1');
    expect(await tile('Credits spent')).toBe('8');
    const chart = page.getByRole('figure').filter({ hasText: 'Credits spent by day' });
    await chart.getByText('Show as a table').click();
    const days = await chart.getByRole('cell').allTextContents();
    // Of today, or of a yesterday that was today when the remixes were made.
    expect(days.slice(-2)).toContain('8');
    expect(days.reduce((sum, day) => sum + Number(day), 0)).toBe(8);
  });

  test('reports an ad, is thanked, and finds the form folded and empty again', async () => {
    const { page } = ada;
    await page.goto('/?tab=ads');
    await page.getByRole('link', { name: 'Sunshine, canned', exact: true }).click();
    const [summary, field] = [
      page.getByText('Report', { exact: true }),
      page.getByLabel('What is wrong with this ad?'),
    ];
    for (let turn = 0; turn < 2; turn++) {
      await summary.click();
      expect(await field.inputValue()).toBe('');
      await field.fill('It is not theirs to show.');
      await page.getByRole('button', { name: 'Send the report' }).click();
      await page.getByText('Thank you. The staff will look at it.').waitFor();
      await field.waitFor({ state: 'hidden' });
    }
  });

  test('signs out, is told one sentence for a wrong password, and comes back with the right one', async () => {
    const { page } = ada;
    await page.goto('/');
    await page.getByLabel(`Account of ${ADA.name}`).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail address').fill(ADA.email);
    await page.getByLabel('Password', { exact: true }).fill('not what was chosen');
    await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('The e-mail address or the password is wrong.').waitFor();
    expect(await page.getByLabel('E-mail address').inputValue()).toBe(ADA.email);
    await page.getByLabel('Password', { exact: true }).fill(ADA.password);
    await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel(`Account of ${ADA.name}`).waitFor();
    expect(await creditsOf(page)).toBe(108);
  });

  test('met no error and no breach of the content policy on the way', () => {
    expect(ada.troubles).toEqual([]);
    // The wrong password, and nothing else.
    expect(ada.refusals).toEqual([expect.stringMatching(/^4\d\d .*\/sign-in/)]);
  });
});

const widthsOf = (images: Element[]): number[] => images.map((image) => (image as HTMLImageElement).naturalWidth);

/** A worker that stands still leaves a remix in the queue for as long as somebody looks at it. */
function holdWorker(isHeld: boolean): void {
  process.kill(stack().workerPid, isHeld ? 'SIGSTOP' : 'SIGCONT');
}

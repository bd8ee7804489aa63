import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DEMO_ACCOUNTS } from '@repo/domain/demo/demo-accounts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium, noBrowserBecause } from '../../../tooling/browser/launch-chromium.ts';
import { signIn } from './people.ts';
import { newVisitor, stack, type Visitor } from './visitor.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules that judge colours, which alone differ where nothing but the scheme has changed. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** One change at a time. Every rule is asked in both schemes and at both widths, those of colours each time. */
const LOOKS = [
  { colorScheme: 'light', width: 1280, rules: 'all' },
  { colorScheme: 'dark', width: 1280, rules: OF_COLOURS },
  { colorScheme: 'dark', width: 360, rules: 'all' },
  { colorScheme: 'light', width: 360, rules: OF_COLOURS },
] as const;
type Look = (typeof LOOKS)[number];

/** How each page is reached, and what is on it when it is there. */
const PAGES: [name: string, isSignedIn: boolean, open: (page: Page) => Promise<void>][] = [
  ['the feed', false, (page) => openAt(page, '/', 'Remix any ad with a sentence')],
  ['an ad', false, openAd],
  ['a remix', false, openRemix],
  ['sign-up', false, (page) => openAt(page, '/sign-up', 'Sign up')],
  ['sign-in', false, (page) => openAt(page, '/sign-in', 'Sign in')],
  ['a page that is not there', false, (page) => openAt(page, '/nowhere', 'There is nothing here')],
  ['the upload', true, (page) => openAt(page, '/upload', 'Upload an ad')],
  ['my remixes', true, (page) => openAt(page, '/my-remixes', 'My remixes')],
  ['the credits of a visitor', false, (page) => openAt(page, '/credits', 'Where your credits went')],
  ['the credits', true, (page) => openAt(page, '/credits?kind=grant', 'Where your credits went')],
  ['a receipt', true, openReceipt],
  ['the settings', true, (page) => openAt(page, '/settings', 'Settings')],
  ['the numbers of a brand', true, (page) => openAt(page, `${stack().admin}/brands/ferrinbahn`, 'Ferrinbahn')],
];

describe.skipIf(noBrowserBecause)('everybody can use, in light and dark, on a desk and on a phone,', () => {
  let browser: Browser;
  let visitor: Visitor;
  let person: Visitor;

  beforeAll(async () => {
    browser = await launchChromium();
    visitor = await newVisitor(browser);
    person = await newVisitor(browser);
    await signIn(person.page, DEMO_ACCOUNTS.brandAdmin);
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) =>
    onTestFailed(async () => {
      await visitor.saveEvidence(`${task.name} visitor`);
      await person.saveEvidence(`${task.name} person`);
    }),
  );

  test.each(PAGES)('%s', async (_, isSignedIn, open) => {
    const { page, troubles } = isSignedIn ? person : visitor;
    await look(page, LOOKS[0]);
    await open(page);
    // Evaluated by the debugger: the content policy lets no script of a stranger in.
    await page.evaluate(AXE);
    const found: string[] = [];
    for (const one of LOOKS) {
      await look(page, one);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      const all = [
        ...(wide > one.width ? [`scrolls sideways, being ${wide} px wide`] : []),
        ...(await violations(page, one)),
      ];
      found.push(...all.map((violation) => `${one.colorScheme}, ${one.width} px: ${violation}`));
    }
    expect(found).toEqual([]);
    expect(troubles).toEqual([]);
  });

  // Not looked at by axe each time: five seconds a look, for a page without pictures, menus or dialogs.
  test('the page of the API sends what its form says, under the content policy', async () => {
    const { page, troubles } = visitor;
    await openAt(page, '/api/docs#generation_models', 'The API');
    const models = page.getByRole('form', { name: 'Try generation_models' });
    await models.getByRole('button', { name: 'Send' }).click();
    await models.getByRole('status').getByText('200 OK').waitFor();
    await models.getByText('"success": true').waitFor();
    expect(troubles).toEqual([]);
  });
});

/** Resolves when the page is painted anew and no colour is on its way any more: before that, it is the look before. */
async function look(page: Page, { colorScheme, width }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 800 });
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const onTheirWay = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(onTheirWay.map((one) => one.finished));
  });
}

async function openAt(page: Page, address: string, heading: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

async function openAd(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: 'Ferrin Pass', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Ferrin Pass' }).waitFor();
}

async function openRemix(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: 'colder, with a soft vignette and a white border', exact: true }).click();
  await page.getByRole('slider').waitFor();
}

async function openReceipt(page: Page): Promise<void> {
  const json = { kind: 'image.create', prompt: 'a lake', idempotencyKey: crypto.randomUUID() };
  const answer = await page.request.post('/api/trpc/generation.request', {
    data: { json },
    headers: { origin: stack().web },
  });
  const { result } = (await answer.json()) as { result: { data: { json: { id: string } } } };
  await openAt(page, `/receipts/${result.data.json.id}`, 'Picture from words');
  await page.getByRole('img', { name: 'a lake' }).waitFor({ timeout: 60_000 });
}

/** What axe calls serious or critical, by the rules of WCAG 2.2 AA and its best practices. */
function violations(page: Page, { rules }: Look): Promise<string[]> {
  return page.evaluate(async (wanted) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, {
      resultTypes: ['violations'],
      ...(wanted === 'all' ? {} : { runOnly: [...wanted] }),
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`));
  }, rules);
}

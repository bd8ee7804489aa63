import type { Page } from 'playwright-core';
import { launchChromium } from '../browser/launch-chromium.ts';

const AD = 'The lake line';
const WISH = 'make it a snowy night and add the words WINTER SALE';
const SIZE = { width: 1280, height: 860 };
const MADE_WITHIN_MS = 120_000;
/** From the middle to where both halves of the picture tell what they are. */
const SLIDES = ['PageDown'];

/** Goes the way of a newcomer, from the feed to a finished remix, and resolves to a PNG of it at twice the pixels. */
export async function showRemix(url: string): Promise<Uint8Array> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({
      viewport: SIZE,
      deviceScaleFactor: 2,
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    await page.goto(`${url}/?tab=ads`);
    await page
      .getByRole('link', { name: new RegExp(AD) })
      .first()
      .click();
    await page.getByLabel('What should change?').fill(WISH);
    await page.getByRole('button', { name: 'Remix', exact: true }).click();
    await page.waitForURL(/\/remixes\/[\w-]{36}$/);
    const slider = page.getByRole('slider', { name: /Compare/ });
    await slider.waitFor({ timeout: MADE_WITHIN_MS });
    for (const key of SLIDES) await slider.press(key);
    await slider.blur();
    await page.getByRole('region', { name: 'Receipt' }).waitFor();
    await untilPainted(page);
    return await page.screenshot();
  } finally {
    await browser.close();
  }
}

/** Fonts and pictures arrive after the page does. */
async function untilPainted(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].filter(({ loading }) => loading !== 'lazy').map((image) => image.decode()));
  });
}

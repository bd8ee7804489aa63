import type { Locator, Page } from 'playwright-core';
import { bytesOf, type Pixels, pixelsOf } from './pictures.ts';
import type { Visitor } from './visitor.ts';

/** What people do and see on the page of a remix. */

/** Types a wish into the composer of an ad or a remix and presses. Resolves on the page of what is made. */
export async function askForRemix(page: Page, wish: string): Promise<void> {
  const before = page.url();
  await page.getByLabel('What should change?').fill(wish);
  await page.getByRole('button', { name: 'Remix', exact: true }).click();
  await page.waitForURL((url) => /\/remixes\/[\w-]{36}$/.test(url.pathname) && url.href !== before);
}

/** The slider over original and remix: there is one as soon as the picture is made. */
export async function untilMade(page: Page): Promise<Locator> {
  const slider = page.getByRole('slider', { name: /Compare/ });
  await slider.waitFor({ timeout: 60_000 });
  return slider;
}

/** Both pictures of the page of a remix, as they are stored. */
export async function picturesOf({
  page,
  context,
}: Visitor): Promise<{ original: Pixels; remix: Pixels; url: string }> {
  const of = (name: RegExp) => bytesOf(page.locator('main').getByRole('img', { name }).first(), context);
  const remix = await of(/^Remix of /);
  const original = await of(/^The (ad|remix it was made from)/);
  return { original: await pixelsOf(original.bytes), remix: await pixelsOf(remix.bytes), url: remix.url };
}

/** The rows of the receipt by their labels, and the line below them. */
export async function receiptOf(page: Page): Promise<Record<string, string>> {
  const receipt = page.getByRole('region', { name: 'Receipt' });
  await receipt.waitFor();
  return receipt.evaluate((node) => {
    const rows = [...node.querySelectorAll('dl > div')].map((row) => [
      row.querySelector('dt')?.firstChild?.textContent ?? '',
      row.querySelector('dd')?.textContent ?? '',
    ]);
    return {
      ...Object.fromEntries(rows),
      below: node.querySelector('section > div > p:last-child')?.textContent ?? '',
    };
  });
}

/** What the head of the page says can be spent. */
export async function creditsOf(page: Page): Promise<number> {
  const pill = page.getByRole('banner').getByRole('link', { name: /credits/ });
  return Number((await pill.getAttribute('aria-label'))?.match(/^\d+/)?.[0]);
}

import { DEMO_ACCOUNTS } from '@repo/domain/demo/demo-accounts';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEMO_ADS, DEMO_ARTBOARDS, paintDemoAd } from '../src/demo/ads.ts';
import { DEMO_ADMIN_BRAND_SLUG, DEMO_BRANDS } from '../src/demo/brands.ts';
import { DEMO_PEOPLE } from '../src/demo/people.ts';
import { DEMO_REMIXES } from '../src/demo/remixes.ts';

const slugsOf = (things: readonly { slug: string }[]) => things.map((thing) => thing.slug);
const adsOf = (brandSlug: string) => DEMO_ADS.filter((ad) => ad.brandSlug === brandSlug);

/** Mean difference per channel (0 to 255) between two pictures, both squeezed to 64 by 64. */
function distance(a: Buffer, b: Buffer): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}

describe('the demo pictures', () => {
  const painted = new Map<string, Uint8Array>();

  beforeAll(async () => {
    for (const { slug } of DEMO_ADS) painted.set(slug, (await paintDemoAd(slug)).bytes);
  }, 60_000);

  it.each(DEMO_ADS)('$slug is a JPEG of exactly its artboard', async ({ slug, aspect }) => {
    const { format, width, height } = await sharp(painted.get(slug)).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', ...DEMO_ARTBOARDS[aspect] });
    const [across, down] = aspect.split(':').map(Number) as [number, number];
    expect(width / height).toBeCloseTo(across / down, 2);
    expect(Math.max(width, height)).toBe(1600);
  });

  it.each(DEMO_ADS)('$slug is a picture and not a flat field, even without its grain', async ({ slug }) => {
    const soft = await sharp(painted.get(slug)).resize(160, 160, { fit: 'fill' }).blur(1.5).toBuffer();
    const { entropy, channels } = await sharp(soft).stats();
    expect(entropy).toBeGreaterThan(4.5);
    expect(Math.max(...channels.map((channel) => channel.max - channel.min))).toBeGreaterThan(150);
  });

  it.each(DEMO_ADS)('$slug leaves a calm strip, two fifths wide, where words can go', async ({ slug, aspect }) => {
    const [width, height] = [100, Math.round((100 * DEMO_ARTBOARDS[aspect].height) / DEMO_ARTBOARDS[aspect].width)];
    const grey = await sharp(painted.get(slug)).resize(width, height, { fit: 'fill' }).greyscale().raw().toBuffer();
    const [across, down] = [40, Math.round(height / 10)];
    let calmest = 255;
    for (let top = 0; top + down <= height; top++) {
      for (let left = 0; left + across <= width; left++) {
        let [darkest, lightest] = [255, 0];
        for (let y = top; y < top + down && lightest - darkest < calmest; y++) {
          for (let x = left; x < left + across; x++) {
            const value = grey[y * width + x]!;
            darkest = Math.min(darkest, value);
            lightest = Math.max(lightest, value);
          }
        }
        calmest = Math.min(calmest, lightest - darkest);
      }
    }
    expect(calmest).toBeLessThan(50);
  });

  it('comes out byte for byte the same when painted again', async () => {
    const { slug: first } = DEMO_ADS[0]!;
    expect(Buffer.compare((await paintDemoAd(first)).bytes, painted.get(first)!)).toBe(0);
    // Smaller, the same strokes are drawn by the same chance.
    for (const { slug } of DEMO_ADS) {
      const [once, again] = [await paintDemoAd(slug, 0.25), await paintDemoAd(slug, 0.25)];
      expect(Buffer.compare(again.bytes, once.bytes), slug).toBe(0);
    }
  }, 60_000);

  it('never looks like another one', async () => {
    const thumbs = await Promise.all(
      DEMO_ADS.map(({ slug }) => sharp(painted.get(slug)).resize(64, 64, { fit: 'fill' }).raw().toBuffer()),
    );
    thumbs.forEach((one, i) => {
      thumbs.slice(i + 1).forEach((other, j) => {
        expect(distance(one, other), `${DEMO_ADS[i]?.slug} and ${DEMO_ADS[i + 1 + j]?.slug}`).toBeGreaterThan(20);
      });
    });
  });

  it('refuses a slug that no ad has', async () => {
    await expect(paintDemoAd('no-such-ad')).rejects.toThrow('no-such-ad');
  });
});

describe('the demo words', () => {
  it('name everything once', () => {
    for (const things of [DEMO_BRANDS, DEMO_ADS, DEMO_PEOPLE, DEMO_REMIXES]) {
      expect(new Set(slugsOf(things)).size).toBe(things.length);
    }
    expect(new Set(DEMO_ADS.map((ad) => ad.paint)).size).toBe(DEMO_ADS.length);
  });

  it('give every brand two ads or more, and every ad a brand', () => {
    for (const { slug } of DEMO_BRANDS) expect(adsOf(slug).length, slug).toBeGreaterThanOrEqual(2);
    for (const ad of DEMO_ADS) expect(slugsOf(DEMO_BRANDS)).toContain(ad.brandSlug);
    for (const { accent } of DEMO_BRANDS) expect(accent).toMatch(/^#[0-9a-f]{6}$/);
  });

  it('let the brand admin own the brand with the most ads', () => {
    const most = adsOf(DEMO_ADMIN_BRAND_SLUG).length;
    for (const { slug } of DEMO_BRANDS) {
      if (slug !== DEMO_ADMIN_BRAND_SLUG) expect(adsOf(slug).length).toBeLessThan(most);
    }
  });

  it('never put two ads of one brand side by side', () => {
    DEMO_ADS.slice(1).forEach((ad, i) => {
      expect(ad.brandSlug).not.toBe(DEMO_ADS[i]?.brandSlug);
    });
  });

  it('tie every remix to an ad, a person and, if it has a parent, an older remix of the same ad', () => {
    const remixedAds = new Set(DEMO_REMIXES.map((remix) => remix.adSlug));
    expect(remixedAds.size).toBeGreaterThanOrEqual(8);
    expect(DEMO_REMIXES.filter((remix) => remix.parent).length).toBeGreaterThanOrEqual(3);
    DEMO_REMIXES.forEach((remix, i) => {
      expect(slugsOf(DEMO_ADS)).toContain(remix.adSlug);
      expect(['milo', ...slugsOf(DEMO_PEOPLE)]).toContain(remix.author);
      expect(remix.daysAgo).toBeGreaterThan(0);
      expect(remix.daysAgo).toBeLessThanOrEqual(14);
      expect(remix.prompt.length).toBeLessThan(200);
      if (!remix.parent) return;
      const parent = DEMO_REMIXES.slice(0, i).find((earlier) => earlier.slug === remix.parent);
      expect(parent, remix.slug).toMatchObject({ adSlug: remix.adSlug });
      expect(parent?.daysAgo).toBeGreaterThan(remix.daysAgo);
    });
  });

  it('give nobody an address that could belong to a real person', () => {
    const accounts = [DEMO_ACCOUNTS.brandAdmin, DEMO_ACCOUNTS.creator];
    const addresses = [...DEMO_PEOPLE, ...accounts].map((person) => person.email);
    for (const address of addresses) expect(address).toMatch(/^[a-z]+@remixify\.example$/);
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const { password } of accounts) expect(password.length).toBeGreaterThanOrEqual(10);
  });
});

import type { ServerBuild } from '@remix-run/node';
import { expect, test } from 'vitest';
import { serveFromCdn } from '../src/http/serve-from-cdn.ts';
import { aHouse, ask } from './http-house.ts';

const CDN = 'https://cdn.example';
const build = {
  publicPath: '/',
  assets: {
    version: '1',
    url: '/assets/manifest-1.js',
    entry: { module: '/assets/entry-1.js', imports: ['/assets/shared-1.js'] },
    routes: {
      root: { id: 'root', path: '', module: '/assets/root-1.js', imports: [], css: ['/assets/root-1.css'] },
      ad: { id: 'ad', path: '/assets-of-brands/:id', module: '/assets/ad-1.js', imports: ['/assets/shared-1.js'] },
    },
  },
} as unknown as ServerBuild;

test('every script and style of a build comes from the CDN, and routes stay what they are', () => {
  const { assets } = serveFromCdn(build, `${CDN}/`);
  expect(assets).toMatchObject({
    url: `${CDN}/assets/manifest-1.js`,
    entry: { module: `${CDN}/assets/entry-1.js`, imports: [`${CDN}/assets/shared-1.js`] },
    routes: {
      root: { module: `${CDN}/assets/root-1.js`, css: [`${CDN}/assets/root-1.css`] },
      ad: { path: '/assets-of-brands/:id', module: `${CDN}/assets/ad-1.js` },
    },
  });
  expect(build.assets.entry.module).toBe('/assets/entry-1.js');
});

test('the policy lets scripts, styles and fonts come from the CDN, and still no others', async () => {
  const policy = String((await ask(await aHouse({ cdnOrigin: CDN }), '/')).headers['content-security-policy']);
  for (const name of ['script-src', 'style-src', 'font-src', 'img-src']) {
    expect(policy).toMatch(new RegExp(`${name} [^;]*${CDN}`));
  }
  expect(policy).not.toMatch(/connect-src [^;]*cdn/);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
});

test('what anybody may have may be shown by a page of another host; pages may not', async () => {
  const house = await aHouse();
  for (const path of ['/assets/root-1.js', '/files/public/one.webp']) {
    const { headers } = await ask(house, path);
    expect(headers['cross-origin-resource-policy'], path).toBe('cross-origin');
  }
  expect((await ask(house, '/')).headers['cross-origin-resource-policy']).toBe('same-site');
});

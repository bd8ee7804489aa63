import { PassThrough } from 'node:stream';
import { createReadableStreamFromReadable, type EntryContext, type ServerBuild } from '@remix-run/node';
import { Links, Meta, Outlet, RemixServer, Scripts, ScrollRestoration, useLoaderData } from '@remix-run/react';
import { createElement as h } from 'react';
import { renderToPipeableStream } from 'react-dom/server';
import { CARDS, cards } from './cards.ts';

/** What the compiler would make of an app of one root and one page, written by hand. Nothing in it is ours. */

function Root() {
  return h(
    'html',
    { lang: 'en' },
    h('head', null, h('meta', { charSet: 'utf-8' }), h(Meta), h(Links)),
    h('body', null, h(Outlet), h(ScrollRestoration), h(Scripts)),
  );
}

function Page() {
  const { items } = useLoaderData() as { items: typeof cards };
  return h(
    'main',
    null,
    h('h1', null, `${CARDS} cards`),
    items.map((card) =>
      h(
        'article',
        { key: card.id },
        h(
          'a',
          { href: `/ads/${card.id}` },
          h('img', {
            src: card.picture.urls['480'],
            srcSet: `${card.picture.urls['480']} 480w, ${card.picture.urls['1600']} 1600w`,
            width: card.picture.width,
            height: card.picture.height,
            alt: card.title,
            loading: 'lazy',
          }),
          h('h2', null, card.title),
        ),
        h('p', null, `${card.brand.name} · ${card.location}`),
        h('p', null, `${card.remixCount} remixes by ${card.author.name}`),
      ),
    ),
  );
}

function render(request: Request, status: number, headers: Headers, context: EntryContext): Promise<Response> {
  headers.set('content-type', 'text/html; charset=utf-8');
  return new Promise((resolve, reject) => {
    const { pipe } = renderToPipeableStream(h(RemixServer, { context, url: request.url }), {
      onShellReady() {
        const body = new PassThrough();
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
        pipe(body);
      },
      onShellError: reject,
    });
  });
}

const page = { id: 'routes/_index', parentId: 'root', index: true } as const;
const root = { id: 'root', path: '' } as const;
const inBrowser = { hasAction: false, hasClientAction: false, hasClientLoader: false, hasErrorBoundary: false };

export const build: ServerBuild = {
  mode: 'production',
  entry: { module: { default: render } },
  routes: {
    root: { ...root, module: { default: Root } },
    [page.id]: { ...page, module: { default: Page, loader: async () => ({ items: cards }) } },
  },
  assets: {
    version: '1',
    url: '/assets/manifest.js',
    entry: { module: '/assets/entry.js', imports: [] },
    routes: {
      root: { ...root, ...inBrowser, hasLoader: false, module: '/assets/root.js' },
      [page.id]: { ...page, ...inBrowser, hasLoader: true, module: '/assets/index.js' },
    },
  },
  publicPath: '/',
  assetsBuildDirectory: 'build/client',
  isSpaMode: false,
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_lazyRouteDiscovery: false,
    v3_singleFetch: true,
  },
};

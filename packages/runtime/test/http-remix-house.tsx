import type { ServerBuild } from '@remix-run/node';
import { Outlet, useActionData, useLoaderData } from '@remix-run/react';
import { servePages } from '../src/http/serve-pages.ts';
import { pageSession } from '../src/remix/page-session.ts';
import { PageFailure, PageFrame, RequestInfo } from '../src/remix/pages/index.ts';
import { documentRenderer } from '../src/remix/render-document.ts';

type Module = ServerBuild['routes'][string]['module'];
export type RouteParts = Partial<Pick<Module, 'loader' | 'action'>>;

/** Shows whatever its loader and action said. */
function Mirror() {
  return <pre>{JSON.stringify({ loader: useLoaderData(), action: useActionData() })}</pre>;
}

/** A small app of the same build as ours: its frame and failure pages are the real ones, its routes the test's. */
export function anApp(routes: Record<string, RouteParts>, errors: unknown[] = []) {
  const root = {
    loader: ({ request }: { request: Request }) => pageSession(request),
    default: () => <Outlet />,
    Layout: ({ children }: { children: React.ReactNode }) => (
      <PageFrame theme="system" header={<header>the frame</header>} footer={null}>
        {children}
      </PageFrame>
    ),
    ErrorBoundary: PageFailure,
  } as unknown as Module;
  const modules: ServerBuild['routes'] = { root: { id: 'root', path: '', module: root } };
  for (const [path, parts] of Object.entries(routes)) {
    modules[path] = { id: path, parentId: 'root', path, module: { default: Mirror, ...parts } as Module };
  }
  const manifest = Object.values(modules).map((route) => [
    route.id,
    {
      ...{ id: route.id, parentId: route.parentId, path: route.path, module: `/assets/${route.id}.js` },
      ...{ hasLoader: Boolean(route.module.loader), hasAction: Boolean(route.module.action) },
      ...{ hasClientLoader: false, hasClientAction: false, hasErrorBoundary: route.id === 'root' },
    },
  ]);
  const build = {
    mode: 'production',
    entry: {
      module: {
        default: documentRenderer((page, request) => (
          <RequestInfo.Provider value={request}>{page}</RequestInfo.Provider>
        )),
        handleError: (error: unknown) => errors.push(error),
      },
    },
    routes: modules,
    assets: {
      entry: { module: '/assets/entry.js', imports: [] },
      routes: Object.fromEntries(manifest),
      url: '/assets/manifest.js',
      version: '1',
    },
    publicPath: '/',
    assetsBuildDirectory: 'build/client',
    future: {
      v3_fetcherPersist: true,
      v3_lazyRouteDiscovery: true,
      v3_relativeSplatPath: true,
      v3_routeConfig: true,
      v3_singleFetch: true,
      v3_throwAbortReason: true,
    },
    isSpaMode: false,
  } as unknown as ServerBuild;
  return servePages(build, 'production');
}

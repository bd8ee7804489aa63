import './styles.css';
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Outlet, useRouteLoaderData } from '@remix-run/react';
import { apiFor, pageSession } from '@repo/runtime';
import { PageFailure, PageFrame } from '@repo/runtime/pages';
import { fontUrl } from '@repo/ui/font';
import type { ReactNode } from 'react';
import { AdminFooter } from '#app/parts/shell/admin-footer.tsx';
import { AdminHeader } from '#app/parts/shell/admin-header.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const session = await pageSession(request);
  // The frame stands, whatever becomes of the number in it.
  const alerts = session.may.operate ? await openAlerts(request).catch(() => 0) : 0;
  return { ...session, openAlerts: alerts };
}

const openAlerts = async (request: Request) => (await (await apiFor(request)).operations.alerts()).open.length;

export const links: LinksFunction = () => [
  { rel: 'preload', href: fontUrl, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
  { rel: 'icon', href: '/favicon.ico', sizes: '32x32' },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
];

export const meta: MetaFunction = () => [{ title: 'Remixify for brands' }, { name: 'robots', content: 'noindex' }];

export function Layout({ children }: { children: ReactNode }) {
  // Absent where the root's own loader failed: the page stands without it.
  const session = useRouteLoaderData<typeof loader>('root') ?? null;
  const theme = session?.theme ?? 'system';
  return (
    <PageFrame theme={theme} header={<AdminHeader session={session} />} footer={<AdminFooter theme={theme} />}>
      {children}
    </PageFrame>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <PageFailure />;
}

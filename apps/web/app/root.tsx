import './styles.css';
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Outlet, useRouteLoaderData } from '@remix-run/react';
import { pageSession } from '@repo/runtime';
import { PageFailure, PageFrame } from '@repo/runtime/pages';
import { fontUrl } from '@repo/ui/font';
import type { ReactNode } from 'react';
import { ConfirmAddressBanner } from '#app/parts/accounts/confirm-address-banner.tsx';
import { SiteFooter } from '#app/parts/shell/site-footer.tsx';
import { SiteHeader } from '#app/parts/shell/site-header.tsx';

export const loader = ({ request }: LoaderFunctionArgs) => pageSession(request);

export const links: LinksFunction = () => [
  { rel: 'preload', href: fontUrl, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
  { rel: 'icon', href: '/favicon.ico', sizes: '32x32' },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
  { rel: 'apple-touch-icon', href: '/apple-touch-icon.png' },
  { rel: 'manifest', href: '/site.webmanifest' },
];

const TITLE = 'Remixify: remix any ad with a sentence';
const DESCRIPTION = 'Pick an ad, say in a sentence what should change, and see your remix beside the original.';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: TITLE },
  { name: 'description', content: DESCRIPTION },
  { property: 'og:site_name', content: 'Remixify' },
  { property: 'og:type', content: 'website' },
  { property: 'og:title', content: TITLE },
  { property: 'og:description', content: DESCRIPTION },
  { property: 'og:image', content: `${data?.appUrl ?? ''}/og.png` },
  { name: 'twitter:card', content: 'summary_large_image' },
];

export function Layout({ children }: { children: ReactNode }) {
  // Absent where the root's own loader failed: the page stands without it.
  const session = useRouteLoaderData<typeof loader>('root') ?? null;
  const theme = session?.theme ?? 'system';
  const header = (
    <>
      <SiteHeader session={session} />
      <ConfirmAddressBanner person={session?.person ?? null} />
    </>
  );
  return (
    <PageFrame theme={theme} header={header} footer={<SiteFooter theme={theme} />}>
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

import { Links, Meta, Scripts, ScrollRestoration } from '@remix-run/react';
import { SkipLink, type Theme, ThemeScript, ToastProvider } from '@repo/ui';
import type { ReactNode } from 'react';
import { NavigationProgress } from './navigation-progress.tsx';
import { RequestInfoScript, useRequestInfo } from './request-info.tsx';

export type PageFrameProps = {
  theme: Theme;
  header: ReactNode;
  footer: ReactNode;
  children: ReactNode;
};

/** The document round every page of both apps: head, chrome, toasts, and the scripts with their nonce. */
export function PageFrame({ theme, header, footer, children }: PageFrameProps) {
  const { nonce } = useRequestInfo();
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme} suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf9f7" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0f0e0d" />
        <ThemeScript nonce={nonce} theme={theme} />
        <Meta />
        <Links />
      </head>
      <body>
        <SkipLink />
        <NavigationProgress />
        <ToastProvider>
          <div className="flex min-h-svh flex-col">
            {header}
            <main id="main" tabIndex={-1} className="flex-1 outline-none">
              {children}
            </main>
            {footer}
          </div>
        </ToastProvider>
        <RequestInfoScript />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

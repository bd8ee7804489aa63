import { THEME_COOKIE, type Theme } from './theme.ts';

const SCRIPT = `(function(d){var s=d.currentScript;window.__webpack_nonce__=s.nonce;var t=(d.cookie.match(/(?:^|;\\s*)${THEME_COOKIE}=(light|dark)/)||[])[1]||s.dataset.fallback;if(t!=='system')d.documentElement.dataset.theme=t;else delete d.documentElement.dataset.theme})(document)`;

/**
 * Goes into `<head>`, before the styles. The page is right without it, because the server writes
 * `<html data-theme={theme}>`; the script mends pages that came from a shared cache, and hands the nonce
 * to the scroll lock of dialogs (which adds a `<style>`). Needs `script-src 'nonce-…'`, nothing else.
 */
export function ThemeScript({ nonce, theme = 'system' }: { nonce?: string; theme?: Theme }) {
  return (
    <script
      nonce={nonce}
      data-fallback={theme}
      // Browsers blank the nonce attribute after reading it, which React would report as a mismatch.
      suppressHydrationWarning
      // A constant of ours: no value flows into it.
      dangerouslySetInnerHTML={{ __html: SCRIPT }}
    />
  );
}

/** What a person may choose; `system` follows the machine. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The cookie both apps keep the choice in; anything unknown in it means `system`. */
export const THEME_COOKIE = 'theme';

export function parseTheme(value: unknown): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system';
}

/** Reads the choice from a `Cookie` header or `document.cookie`. */
export function readThemeCookie(header: string | null | undefined): Theme {
  const match = header?.match(new RegExp(`(?:^|;\\s*)${THEME_COOKIE}=([^;]*)`));
  return parseTheme(match?.[1]);
}

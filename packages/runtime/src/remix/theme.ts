import { redirect } from '@remix-run/node';
import { safeReturnPath } from '@repo/domain/accounts/rules';
import { toolbox } from '../tools.server.ts';
import { readForm } from './read-form.ts';

const YEAR_IN_SECONDS = 31_536_000;
const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const themeOf = (value: unknown): Theme => THEMES.find((theme) => theme === value) ?? 'system';

/** The look that this browser's user chose. */
export function readTheme(request: Request): Theme {
  return themeOf(/(?:^|;\s*)theme=([^;]*)/.exec(request.headers.get('cookie') ?? '')?.[1]);
}

/** Keeps the look a form asks for, for a year, and goes back to where the form was (`to`). */
export async function keepTheme(request: Request): Promise<Response> {
  const form = await readForm(request);
  const secure = new URL(request.url).protocol === 'https:' ? '; Secure' : '';
  const { COOKIE_DOMAIN } = toolbox().env;
  const domain = COOKIE_DOMAIN ? `; Domain=${COOKIE_DOMAIN}` : '';
  const cookie = `theme=${themeOf(form.get('theme'))}; Path=/; Max-Age=${YEAR_IN_SECONDS}; SameSite=Lax${domain}${secure}`;
  return redirect(safeReturnPath(form.get('to')), { headers: { 'set-cookie': cookie } });
}

import type { MetaDescriptor } from '@remix-run/node';
import type { PictureView } from '@repo/domain/assets/schema';

export type PageMeta = {
  title: string;
  description: string;
  /** Shown wherever the page is shared. Only what everybody may see. */
  picture: PictureView | null;
  /** True: nothing for search engines. */
  isPrivate?: boolean;
  /** Of this app, without a slash at the end. */
  appUrl: string;
  path: string;
};

/** What a page tells of itself, to browsers, search engines and those it is shared with. */
export function pageMeta({ title, description, picture, isPrivate, appUrl, path }: PageMeta): MetaDescriptor[] {
  const full = `${title} · Remixify`;
  const image = picture ? new URL(picture.urls['1600'], appUrl || 'http://localhost').href : `${appUrl}/og.png`;
  const longSide = picture ? Math.min(1, 1600 / Math.max(picture.width, picture.height)) : 1;
  return [
    { title: full },
    { name: 'description', content: description },
    ...(isPrivate ? [{ name: 'robots', content: 'noindex' }] : []),
    { property: 'og:site_name', content: 'Remixify' },
    { property: 'og:type', content: 'website' },
    { property: 'og:title', content: full },
    { property: 'og:description', content: description },
    { property: 'og:url', content: appUrl + path },
    { property: 'og:image', content: image },
    ...(picture
      ? [
          { property: 'og:image:width', content: String(Math.round(picture.width * longSide)) },
          { property: 'og:image:height', content: String(Math.round(picture.height * longSide)) },
          { property: 'og:image:alt', content: title },
        ]
      : []),
    { name: 'twitter:card', content: 'summary_large_image' },
  ];
}

/** Where this app is, from the root's own data. */
export function appUrlOf(matches: readonly ({ id: string; data?: unknown } | undefined)[]): string {
  const root = matches.find((match) => match?.id === 'root')?.data as { appUrl?: string } | undefined;
  return root?.appUrl ?? '';
}

/** The first words of a text, for titles. */
export const firstWords = (text: string, most = 70): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  const chars = [...line];
  return chars.length <= most
    ? line
    : `${chars
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
};

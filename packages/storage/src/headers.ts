import { PUBLIC_PREFIX } from './port.ts';

export function isPublic(key: string): boolean {
  return key.startsWith(PUBLIC_PREFIX);
}

/** Public keys are never written twice with other bytes, so a browser may keep them for good. */
export const PUBLIC_CACHING = 'public, max-age=31536000, immutable';

/** What a file is kept with where its writer says nothing of it. */
export function cachingOf(key: string): string {
  return isPublic(key) ? PUBLIC_CACHING : 'private, max-age=3600';
}

/** An address signed within the same hour is the same address, so that browsers find it in their cache. */
export const STABLE_SECONDS = 3600;

/** `attachment` with the name a person sees, safe in a header whatever was asked for. */
export function attachmentNamed(name: string): string {
  const bare = name
    .slice(0, 150)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .trim();
  const shown = bare === '' || /^\.+$/.test(bare) ? 'download' : bare;
  const plain = shown.replace(/[^\x20-\x7e]|[%;]/g, '_');
  const encoded = encodeURIComponent(shown).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

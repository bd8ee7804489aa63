import { createRemixStub } from '@remix-run/testing';
import type { PageSession } from '@repo/runtime';
import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';

export const aSession = (changes: Partial<PageSession> = {}): PageSession => ({
  person: null,
  balance: { credits: 20, held: 0, isGuest: true, nextAllowanceAt: null },
  databaseAway: false,
  theme: 'system',
  appUrl: 'http://localhost:3000',
  adminUrl: 'http://localhost:3001',
  ...changes,
});

/** What the server sends for a component that stands on a page of ours. Without the marks React leaves in text. */
export function htmlOf(node: ReactNode, { at = '/', session = aSession() } = {}): string {
  const Stub = createRemixStub([{ id: 'root', path: '*', Component: () => <>{node}</>, loader: () => session }]);
  return withoutStubWarnings(() =>
    renderToString(<Stub initialEntries={[at]} hydrationData={{ loaderData: { root: session } }} />),
  ).replaceAll('<!-- -->', '');
}

/** The stub's router is made for browsers, and says so at every link. Everything else is still said. */
function withoutStubWarnings<Result>(work: () => Result): Result {
  const say = console.error;
  console.error = (...words: unknown[]) => {
    if (!String(words[0]).includes('useLayoutEffect does nothing on the server')) say(...words);
  };
  try {
    return work();
  } finally {
    console.error = say;
  }
}

/** What a person reads of it. */
export const textOf = (html: string): string =>
  html
    .replace(/<(svg|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();

const picture = (id: string) => ({
  id,
  width: 800,
  height: 600,
  thumbhash: '',
  color: '#808080',
  urls: { '480': `/p/${id}/480`, '1600': `/p/${id}/1600`, full: `/p/${id}/full` },
});

export const aPicture = () => picture(crypto.randomUUID());

export const anAdView = (changes = {}) => ({
  id: crypto.randomUUID(),
  title: 'Sunshine, canned',
  location: 'Lisbon',
  status: 'published' as const,
  brand: { id: crypto.randomUUID(), name: 'Pippola', slug: 'pippola', accentColor: null },
  author: { id: crypto.randomUUID(), name: 'Klara', isGuest: false },
  picture: aPicture(),
  remixCount: 3,
  createdAt: new Date('2026-11-01T10:00:00Z'),
  mayRemove: false,
  ...changes,
});

export const aRemixCard = (changes = {}) => ({
  id: crypto.randomUUID(),
  adId: crypto.randomUUID(),
  adTitle: 'Sunshine, canned',
  brandName: 'Pippola',
  parentId: null,
  prompt: 'as a polaroid',
  status: 'published' as const,
  author: { id: crypto.randomUUID(), name: 'Meera', isGuest: false },
  picture: aPicture(),
  generationStatus: 'done' as string | null,
  createdAt: new Date('2026-11-02T10:00:00Z'),
  publishedAt: new Date('2026-11-02T10:05:00Z'),
  isMine: false,
  ...changes,
});

export const aGeneration = (changes = {}) => ({
  id: crypto.randomUUID(),
  kind: 'image.edit' as const,
  status: 'queued' as const,
  prompt: 'as a polaroid',
  model: 'local/effects',
  modelLabel: 'Local effects (no AI key set)',
  quoted: 4,
  place: 3,
  expectedSeconds: 12,
  progress: 0,
  doing: null,
  attempt: 0,
  maxAttempts: 4,
  lastError: null,
  nextTryAt: null,
  cancelRequested: false,
  failure: null,
  notes: [],
  createdAt: new Date('2026-11-02T10:00:00Z'),
  startedAt: null,
  finishedAt: null,
  seconds: null,
  picture: null,
  ...changes,
});

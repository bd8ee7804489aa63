import { createRemixStub } from '@remix-run/testing';
import type { Receipt } from '@repo/domain/credits/schema';
import type { ModelView, Weather } from '@repo/domain/generation/schema';
import { pageRightsOf } from '@repo/domain/permissions/rules';
import { metricLabel, QUOTA_METRICS, type QuotaMetric } from '@repo/domain/quotas/rules';
import type { QuotaReport } from '@repo/domain/quotas/schema';
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
  may: pageRightsOf(null),
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
  choice: 'Local effects (no AI key set): no other model is set up here.',
  tried: [],
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
  said: null,
  notes: [],
  reusedFrom: null,
  createdAt: new Date('2026-11-02T10:00:00Z'),
  startedAt: null,
  finishedAt: null,
  seconds: null,
  picture: null,
  output: null,
  ...changes,
});

/** A model of the catalogue as pages see it. */
export const aModel = (changes: Partial<ModelView> = {}): ModelView => ({
  id: 'local/effects',
  label: 'Local effects (no AI key set)',
  provider: 'local',
  kinds: ['image.edit', 'image.create'],
  prices: [
    { kind: 'image.edit', per: 'image', credits: 4 },
    { kind: 'image.create', per: 'image', credits: 4 },
  ],
  capabilities: {
    aspectRatios: [],
    styles: [],
    qualities: [],
    sizes: [],
    maxReferences: 0,
    videoSeconds: [],
    videoResolutions: [],
    videoRatios: [],
    audio: false,
    firstFrame: false,
    lastFrame: false,
  },
  typicalSeconds: 2,
  isPaid: false,
  isStandIn: true,
  retiresOn: null,
  ...changes,
});

export const aWeather = (changes: Partial<Weather> = {}): Weather => ({
  provider: 'google',
  model: 'google/x',
  label: 'Gemini',
  kind: 'image.edit',
  state: 'slow',
  since: new Date('2026-11-20T12:04:00Z'),
  sentence: 'Gemini is slow now: about 40 s instead of 12 s.',
  p50Seconds: 40,
  p95Seconds: 60,
  nextProbeAt: null,
  ...changes,
});

/** What somebody used in a month; `limits` by metric. */
export const aQuota = (
  used: Partial<Record<QuotaMetric, number>> = {},
  limits: Partial<Record<QuotaMetric, number>> = {},
): QuotaReport => ({
  subject: { kind: 'user', id: crypto.randomUUID(), name: 'You' },
  month: '2026-11',
  resetsAt: new Date('2026-12-01T00:00:00Z'),
  maySet: false,
  lines: QUOTA_METRICS.map((metric) => {
    const limit = limits[metric] ?? null;
    const fraction = limit === null ? null : (used[metric] ?? 0) / limit;
    const warning = fraction === null || fraction < 0.8 ? null : fraction < 1 ? ('soft' as const) : ('hard' as const);
    const sentence = warning && `Your quota of ${limit} ${metric} for November: ${used[metric]} of ${limit}.`;
    return { metric, label: metricLabel(metric), used: used[metric] ?? 0, limit, fraction, warning, sentence };
  }),
});

export const aReceipt = (changes: Partial<Receipt> = {}): Receipt => ({
  generationId: crypto.randomUUID(),
  status: 'failed',
  model: 'x',
  modelLabel: 'Local effects',
  kind: 'image.edit',
  prompt: 'as a polaroid',
  choice: 'You chose it.',
  tried: [],
  reusedFrom: null,
  payer: { kind: 'user', name: 'Ada' },
  createdAt: new Date('2026-11-02T10:00:00Z'),
  finishedAt: new Date('2026-11-02T10:01:00Z'),
  seed: 7,
  operation: null,
  quoted: 4,
  held: 4,
  captured: 0,
  released: 4,
  refunded: 0,
  calls: [],
  seconds: 2.34,
  attempts: 3,
  why: 'The model took too long. The held credits were given back.',
  entries: [
    { at: new Date('2026-11-02T10:00:00Z'), kind: 'hold', amount: -4, memo: 'Held while the remix is made' },
    { at: new Date('2026-11-02T10:01:00Z'), kind: 'release', amount: 4, memo: 'Given back: it took too long' },
  ],
  sum: 0,
  ...changes,
});

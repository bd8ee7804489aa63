import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forgetDraft } from '#app/parts/accounts/draft.ts';
import {
  forgetPress,
  patchUploadDraft,
  pressKeyFor,
  readUploadDraft,
  UPLOAD_DRAFT,
} from '#app/parts/upload/upload-draft.ts';

/** A tab's own storage, which is all of a browser that a draft needs. */
const aTab = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  };
};
const openTab = (sessionStorage = aTab()) => vi.stubGlobal('window', { sessionStorage });
beforeEach(() => void openTab());
afterEach(() => vi.unstubAllGlobals());

test('what was typed and uploaded is found again, until the ad is published', () => {
  patchUploadDraft('ann', { typed: { title: 'Winter' } });
  patchUploadDraft('ann', { assetId: 'a1', fileName: 'x.jpg' });
  expect(readUploadDraft('ann')).toMatchObject({ typed: { title: 'Winter' }, assetId: 'a1', fileName: 'x.jpg' });
  forgetDraft(UPLOAD_DRAFT);
  expect(readUploadDraft('ann')).toMatchObject({ typed: {}, assetId: null });
});

test('somebody else who signs in on the same tab does not see it', () => {
  patchUploadDraft('ann', { typed: { title: 'Secret' } });
  expect(readUploadDraft('bob').typed).toEqual({});
});

test('another tab has a draft of its own', () => {
  patchUploadDraft('ann', { typed: { title: 'Here' } });
  openTab();
  expect(readUploadDraft('ann').typed).toEqual({});
});

test('pressing again for the same is the same request; for anything else it is a new one', () => {
  const first = pressKeyFor('ann', 'publish', 'Winter');
  expect(pressKeyFor('ann', 'publish', 'Winter')).toBe(first);
  expect(pressKeyFor('ann', 'describe', 'Winter')).not.toBe(first);
  const second = pressKeyFor('ann', 'publish', 'Summer');
  expect(second).not.toBe(first);
  expect(first).toMatch(/^[\w-]{8,80}$/);
});

test('once its answer is here, the same words ask anew, and nothing else of the draft changes', () => {
  patchUploadDraft('ann', { assetId: 'a1' });
  const first = pressKeyFor('ann', 'describe', 'a lake');
  forgetPress('ann', 'describe');
  expect(pressKeyFor('ann', 'describe', 'a lake')).not.toBe(first);
  expect(readUploadDraft('ann').assetId).toBe('a1');
});

test('damaged storage, and none at all, are an empty draft', () => {
  window.sessionStorage.setItem(`draft:${UPLOAD_DRAFT}`, '{"personId":');
  expect(readUploadDraft('ann').typed).toEqual({});
  vi.stubGlobal('window', {});
  patchUploadDraft('ann', { assetId: 'a1' });
  expect(readUploadDraft('ann').assetId).toBeNull();
});

import { describe, expect, it } from 'vitest';
import { fakeModel } from '../src/testing/index.ts';
import { aRequest, failureOf, followToEnd } from './contract.ts';

describe('the fake model', () => {
  it('is pending as often as told and counts what it was asked', async () => {
    const model = fakeModel({ pending: 2, notes: ['I could not do: fly.'], text: 'Done.' });
    const request = await aRequest('image.edit');
    const progress: number[] = [];

    const first = await model.start(request);
    expect(first).toMatchObject({ state: 'pending', ref: 'fake-1' });
    expect(await model.poll('fake-1', { onProgress: (fraction) => progress.push(fraction) })).toMatchObject({
      state: 'pending',
    });
    const last = await model.poll('fake-1', { onProgress: (fraction) => progress.push(fraction) });
    expect(last).toMatchObject({ state: 'done', notes: ['I could not do: fly.'], text: 'Done.' });
    expect(progress).toEqual([0.5, 1]);
    expect([model.starts, model.polls]).toEqual([[request], ['fake-1', 'fake-1']]);
  });

  it('fails as told, attempt by attempt', async () => {
    const model = fakeModel({ failsWith: (attempt) => (attempt < 3 ? 'rate_limited' : undefined) });
    const request = await aRequest('image.create');
    expect((await failureOf(model.start(request))).reason).toBe('rate_limited');
    expect((await failureOf(model.start(request))).reason).toBe('rate_limited');
    expect((await followToEnd(model, request)).outputs).toHaveLength(1);
  });

  it('gives the very output it was handed', async () => {
    const output = { bytes: new Uint8Array([1, 2, 3]), mimeType: 'image/png' };
    expect((await followToEnd(fakeModel({ output }), await aRequest('image.create'))).outputs).toEqual([output]);
  });
});

import type { AppLoadContext, EntryContext } from '@remix-run/node';
import { createElement } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { documentRenderer } from '../src/remix/render-document.ts';

afterEach(() => vi.useRealTimers());

// Each page that was sent stayed in memory for ten seconds more, until its own deadline: hundreds of megabytes under load.
test('a page whose last byte was sent is let go: neither its deadline nor its request holds it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const request = new Request('http://localhost/');
  const forgotten = vi.spyOn(request.signal, 'removeEventListener');
  const render = documentRenderer(() => createElement('html', null, createElement('body', null, 'The page')));
  const sending = render(request, 200, new Headers(), {} as EntryContext, {} as AppLoadContext);
  expect(vi.getTimerCount()).toBe(1);

  expect(await ((await sending) as Response).text()).toContain('The page');
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(0));
  expect(forgotten).toHaveBeenCalledWith('abort', expect.any(Function));
});

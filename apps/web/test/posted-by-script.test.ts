import { describe, expect, test } from 'vitest';
import { answerOrSentence } from '#app/parts/page/answer-or-sentence.ts';

describe('a form that is posted by script', () => {
  const request = () =>
    new Request('http://localhost/ads/1', {
      method: 'POST',
      body: new URLSearchParams({ intent: 'remix', prompt: 'warm' }),
    });
  const post = (outcome: () => unknown) => answerOrSentence(request(), async () => outcome());
  const failWith = (error: unknown) => () => {
    throw error;
  };
  const page = (status: number) => ({ status, statusText: '', internal: false, data: '' });

  test('gets the answer that came', async () => {
    expect(await post(() => 'the answer')).toBe('the answer');
  });

  test.each([
    ['the network is gone', new TypeError('Failed to fetch'), 'No answer came back'],
    ['the server broke', new Error('Unexpected Server Error'), 'Something broke on our side'],
    ['the server is down', page(503), 'Something broke on our side'],
  ])('becomes a sentence with its text when %s, and the page is not read anew', async (_, error, sentence) => {
    const answer = (await post(failWith(error))) as Response;
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      message: expect.stringContaining(sentence),
      values: { intent: 'remix', prompt: 'warm' },
    });
  });

  test.each([
    ['a redirect', Response.redirect('http://localhost/remixes/1')],
    ['a page of ours', page(404)],
  ])('hands %s on', async (_, error) => {
    await expect(post(failWith(error))).rejects.toBe(error);
  });
});

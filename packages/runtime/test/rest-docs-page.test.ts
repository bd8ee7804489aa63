import { expect, test } from 'vitest';
import { answerApi } from '../src/answer-api.server.ts';
import { aHouse, ask } from './http-house.ts';

test('the page of the API holds every operation, and its one script and style run by the nonce alone', async () => {
  const house = await aHouse({ api: answerApi });
  const answer = await ask(house, '/api/docs', { headers: { accept: 'text/html' } });
  expect(answer.status).toBe(200);
  const nonce = /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))![1]!;
  expect(answer.text).toContain(`<script nonce="${nonce}">`);
  expect(answer.text.match(/<script|<style/g)).toHaveLength(2);
  expect(answer.text).not.toMatch(/ on\w+="|<link rel="stylesheet"|https?:\/\//);
  expect(answer.text).toContain('/generations/{id}/receipt');
  const again = await ask(house, '/api/docs', { headers: { accept: 'text/html' } });
  expect(again.text).not.toContain(nonce);
  expect((await ask(house, '/api/docs', { method: 'POST' })).status).toBe(405);
});

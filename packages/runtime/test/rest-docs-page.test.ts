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
  expect(answer.text).not.toMatch(/ on\w+="| style="|<link rel="stylesheet"|(?:src|href|action)="(?:https?:)?\/\//);
  // Without a script the forms that need one are not there, and a line to paste is.
  expect(answer.text.match(/<form/g)).toHaveLength(answer.text.match(/<form hidden/g)!.length);
  expect(answer.text).toContain('-d &#39;{&#34;name&#34;:&#34;Ann Example&#34;}&#39;');
  expect(answer.text).toContain('/generations/{id}/receipt');
  // What is Markdown in the document is no Markdown in the page.
  expect(answer.text).toContain('The <code>id:</code> of the last message you saw');
  expect(answer.text).not.toMatch(/<td>[^<]*`/);
  const again = await ask(house, '/api/docs', { headers: { accept: 'text/html' } });
  expect(again.text).not.toContain(nonce);
  expect((await ask(house, '/api/docs', { method: 'POST' })).status).toBe(405);
});

import { once } from 'node:events';
import { request as send } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { expect, test } from 'vitest';
import { listen } from '../src/http/listen.ts';
import { BODY_MAX_BYTES } from '../src/http/read-body.ts';
import { currentScope } from '../src/http/request-scope.ts';
import { aHouse, ask } from './http-house.ts';

const measure = { pages: async (request: Request) => new Response(String((await request.arrayBuffer()).byteLength)) };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

test('a form of just one megabyte arrives whole', async () => {
  const answer = await ask(await aHouse(measure), '/', {
    method: 'POST',
    headers: FORM,
    body: 'a'.repeat(BODY_MAX_BYTES),
  });
  expect(answer).toMatchObject({ status: 200, text: String(BODY_MAX_BYTES) });
});

test('one byte more is refused before any page sees it', async () => {
  let seen = false;
  const pages = async () => {
    seen = true;
    return new Response();
  };
  const body = 'a'.repeat(BODY_MAX_BYTES + 1);
  const answer = await ask(await aHouse({ pages }), '/', {
    method: 'POST',
    headers: { ...FORM, accept: 'text/html' },
    body,
  });
  expect(answer.status).toBe(413);
  expect(answer.text).toContain('That is too much at once');
  expect(seen).toBe(false);
});

test('a body that does not say how long it is, is measured on the way', async () => {
  const house = await aHouse(measure);
  const request = send({ host: '127.0.0.1', port: house.port, path: '/api/trpc/x', method: 'POST' });
  request.on('error', () => {});
  for (let n = 0; n < 20; n += 1) request.write('a'.repeat(65_536));
  request.end();
  const [response] = await once(request, 'response');
  expect(response.statusCode).toBe(413);
});

test('a packed body is not unpacked: a small one could hold a house', async () => {
  const headers = { ...FORM, 'content-encoding': 'gzip' };
  const answer = await ask(await aHouse(measure), '/', { method: 'POST', headers, body: gzipSync('a=1') });
  expect(answer.status).toBe(415);
});

test('a body that trickles is given up', async () => {
  const house = await aHouse({ ...measure, bodyMaxMs: 60 });
  const request = send({
    host: '127.0.0.1',
    port: house.port,
    path: '/',
    method: 'POST',
    headers: { 'content-length': 100 },
  });
  request.on('error', () => {});
  request.write('a');
  const [response] = await once(request, 'response');
  expect(response.statusCode).toBe(408);
  expect(response.headers['connection']).toBe('close');
  request.destroy();
});

test('headers that trickle are given up', async () => {
  const server = await listen(express(), { port: 0, portName: 'PORT', headersMaxMs: 60, sweepEveryMs: 20 });
  const socket = connect((server.address() as { port: number }).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  const [piece] = await once(socket, 'data');
  expect(String(piece)).toContain('408');
  socket.destroy();
  server.close();
});

test('a page is told what was typed, but never a secret', async () => {
  let typed: unknown;
  const pages = async () => {
    typed = currentScope()?.typed;
    return new Response();
  };
  const body = new URLSearchParams({
    prompt: 'a snowy night',
    password: 'hunter2hunter2',
    newPassword: 'x',
    resetToken: 'y',
  });
  await ask(await aHouse({ pages }), '/', { method: 'POST', headers: FORM, body: body.toString() });
  expect(typed).toEqual([['prompt', 'a snowy night']]);
});

test.each([
  ['a form', FORM, 'prompt=x&idempotencyKey=press-12345678'],
  ['a call', { 'content-type': 'application/json' }, '{"0":{"json":{"idempotencyKey":"press-12345678"}}}'],
])('one press of a button is known by its key, in %s', async (_kind, headers, body) => {
  let pressKey: unknown;
  const api = async () => {
    pressKey = currentScope()?.pressKey;
    return new Response();
  };
  await ask(await aHouse({ api, pages: api }), '/api/trpc/x', { method: 'POST', headers, body });
  expect(pressKey).toBe('press-12345678');
});

import { setTimeout as wait } from 'node:timers/promises';
import { paintTestPhoto } from '@repo/media/testing';
import { ask, must } from '../ask.ts';
import type { Attack, Somebody, Target } from '../target.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const HTML = '<!doctype html><script>alert(1)</script>';

/** Files that are not what they say. None becomes a picture; none is ever handed out as something that can run. */
export const attack: Attack = {
  title: 'Uploads that pretend',
  async run(target, report) {
    const { author } = target.people;
    const photo = Buffer.from(await paintTestPhoto({ width: 64, height: 48, seed: 1, format: 'jpeg' }));
    const files: [name: string, bytes: Buffer][] = [
      ['an SVG with a script', Buffer.from(SVG)],
      ['a page', Buffer.from(HTML)],
      ['a GIF that is a script', Buffer.from(`GIF89a/*${'\u0000'.repeat(20)}*/=1;alert(1)//`, 'latin1')],
      ['a JPEG cut short', photo.subarray(0, 200)],
      ['a JPEG with a page behind it', Buffer.concat([photo, Buffer.from(HTML)])],
      ['a PNG head with nothing', Buffer.from('89504e470d0a1a0a', 'hex')],
      ['a zip', Buffer.from('504b0304', 'hex')],
    ];
    for (const [name, bytes] of files) {
      const asset = await send(target, author, bytes);
      const isRealPicture = name.startsWith('a JPEG with');
      report.tried(asset.status === 'usable' && !isRealPicture ? `${name} became a picture` : null);
      for (const url of Object.values(asset.picture?.urls ?? {})) {
        const { pathname, search } = new URL(url, target.origin);
        const said = await ask(target, pathname + search);
        const type = said.headers.get('content-type') ?? '';
        report.tried(/^image\/(jpeg|png|webp|avif)/.test(type) ? null : `${name} is handed out as ${type}`);
        report.tried(
          said.headers.get('x-content-type-options') === 'nosniff' ? null : `${name} is handed out without nosniff`,
        );
        report.tried(said.text.includes('<script>') ? `${name} is handed out with its script` : null);
      }
    }
    for (const mimeType of [
      'image/svg+xml',
      'text/html',
      'application/javascript',
      'image/jpeg\r\nx: y',
      'IMAGE/SVG+XML',
    ]) {
      const body = JSON.stringify({ json: { mimeType, bytes: 10 } });
      const said = await ask(target, '/api/trpc/assets.requestSlot', {
        method: 'POST',
        as: author,
        headers: { 'content-type': 'application/json' },
        body,
      });
      report.tried(said.status === 400 ? null : `a place for ${JSON.stringify(mimeType)} answered ${said.status}`);
    }
    await tamper(target, report);
  },
};

/** A slot takes what was asked for and nothing else. */
async function tamper(target: Target, report: { tried(problem: string | null): void }): Promise<void> {
  const slot = await slotFor(target, target.people.author, 1_000);
  const { pathname, search } = new URL(slot.url, target.origin);
  const put = (path: string, bytes: number, headers = slot.headers) =>
    ask(target, path, { method: 'PUT', headers, body: new Uint8Array(bytes) }).catch(() => ({ status: 413 }));
  const tries: [string, Promise<{ status: number }>][] = [
    ['more bytes than were asked for', put(pathname + search, 2_000)],
    ['another type', put(pathname + search, 1_000, { ...slot.headers, 'content-type': 'text/html' })],
    ['no signature', put(pathname, 1_000)],
    ['another key', put(pathname.replace(/[0-9a-f]{8}/, '00000000') + search, 1_000)],
    ['a changed signature', put(`${pathname}${search.slice(0, -3)}AAA`, 1_000)],
  ];
  for (const [name, answer] of tries) {
    const { status } = await answer;
    report.tried(status >= 400 && status < 500 ? null : `a slot with ${name} answered ${status}`);
  }
}

type Slot = { assetId: string; url: string; method: string; headers: Record<string, string> };
type Asset = { status: string; picture: { urls: Record<string, string> } | null };

const slotFor = (target: Target, who: Somebody, bytes: number) =>
  must<Slot>(target, 'assets.requestSlot', { mimeType: 'image/jpeg', bytes }, who);

async function send(target: Target, who: Somebody, bytes: Buffer): Promise<Asset> {
  const slot = await slotFor(target, who, bytes.byteLength);
  const { pathname, search } = new URL(slot.url, target.origin);
  await ask(target, pathname + search, { method: 'PUT', headers: slot.headers, body: new Uint8Array(bytes) });
  let asset = await must<Asset>(target, 'assets.complete', { id: slot.assetId }, who);
  while (asset.status === 'checking') {
    await wait(50);
    asset = await must<Asset>(target, 'assets.byId', { id: slot.assetId }, who);
  }
  return asset;
}

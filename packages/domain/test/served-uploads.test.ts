import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { htmlNamedJpg, htmlWithJpegMagic, paintTestPhoto, svgFile } from '@repo/media/testing';
import type { ObjectStore } from '@repo/storage';
import { aDiskStore, anS3Store } from '@repo/storage/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assetFolder, variantKey } from '../src/assets/keys.ts';
import { VARIANTS } from '../src/assets/rules.ts';
import { storePicture } from '../src/assets/store-picture.ts';

const SCRIPT = '<script>alert(document.domain)</script>';
const text = (words: string) => Buffer.from(words, 'latin1');
const photo = async (format: 'jpeg' | 'png' | 'webp') =>
  Buffer.from(await paintTestPhoto({ width: 48, height: 32, format }));

/** A whole JPEG whose comment is a page. */
async function jpegWithPage(): Promise<Buffer> {
  const jpeg = await photo('jpeg');
  const page = text(`<html>${SCRIPT}`);
  const head = Buffer.from([0xff, 0xfe, 0, page.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, page, jpeg.subarray(2)]);
}

const REFUSED: [string, Uint8Array][] = [
  ['a page', htmlNamedJpg()],
  ['a page behind the first bytes of a JPEG', htmlWithJpegMagic()],
  ['a page behind the first bytes of a PNG', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), text(SCRIPT)])],
  ['an SVG', svgFile()],
  ['an SVG behind an empty line', text(`\n<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`)],
  ['XHTML', text(`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">${SCRIPT}</html>`)],
  ['XML with a style sheet', text('<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#x"?><x/>')],
  ['a GIF that is a script', text('GIF89a/*\0\0*/=1;alert(document.domain)//')],
  ['a GIF that is a page', text(`GIF89a${SCRIPT}`)],
  ['a BMP that is a script', text('BM/*\0\0\0\0*/=1;alert(document.domain)//')],
  ['a PDF', text('%PDF-1.7\n1 0 obj <</S /JavaScript /JS (app.alert(1))>>')],
  ['a WebP head with a page', text(`RIFF\x60\0\0\0WEBPVP8 ${SCRIPT}`)],
  ['a mail with a page', text(`MIME-Version: 1.0\nContent-Type: text/html\n\n${SCRIPT}`)],
];

// Each of them is run by some browser, or was.
const RUNNABLE = [
  ...['text/html', 'TEXT/HTML', 'text/html; charset=utf-8', 'application/xhtml+xml', 'image/svg+xml', 'text/xml'],
  ...['application/xml', 'audio/x+xml', 'video/x+xml', 'text/javascript', 'application/javascript', 'text/css'],
  ...['application/pdf', 'multipart/x-mixed-replace', 'multipart/related', 'message/rfc822', 'text/x-component'],
];

const STORES: [string, () => Promise<{ store: ObjectStore; stop(): Promise<void> }>][] = [
  ['disk', () => aDiskStore()],
  ['S3', () => anS3Store()],
];

describe.each(STORES)('what is served from %s', (kind, make) => {
  let store: ObjectStore;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ store, stop } = await make());
  });
  afterAll(() => stop());

  /** Every way in which anybody is given what lies at `key`, and its public copy. */
  async function served(key: string): Promise<Response[]> {
    const copy = `public/${key}`;
    await store.copy(key, copy);
    const urls = [await store.signDownload(key), await store.publicUrl(copy), await store.signDownload(copy)];
    const answers = await Promise.all(urls.map((url) => fetch(url)));
    for (const { status, headers } of answers) {
      expect(status).toBe(200);
      if (kind !== 'disk') continue;
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain('sandbox');
    }
    return answers;
  }

  test('is never a file that only pretends to be a picture: it is refused and leaves nothing', async () => {
    for (const [name, bytes] of REFUSED) {
      const id = randomUUID();
      const outcome = await storePicture(store, id, bytes).then(
        () => 'usable',
        (error: Error) => error.name,
      );
      expect([name, outcome]).toEqual([name, 'PictureError']);
      for await (const key of store.list(assetFolder(id, false))) expect(key).toBe('not there');
    }
  });

  test('is painted anew: of pages and scripts inside of real pictures nothing is left, whatever type was declared', async () => {
    const polyglots: [string, Buffer, string][] = [
      ['a comment', await jpegWithPage(), 'image/jpeg'],
      ['bytes behind a JPEG', Buffer.concat([await photo('jpeg'), text(SCRIPT)]), 'image/jpeg'],
      ['bytes behind a PNG', Buffer.concat([await photo('png'), text(SCRIPT)]), 'image/jpeg'],
      ['bytes behind a WebP', Buffer.concat([await photo('webp'), text(SCRIPT)]), 'image/jpeg'],
    ];
    for (const [name, bytes, full] of polyglots) {
      expect(bytes.includes('<script>')).toBe(true);
      const id = randomUUID();
      await storePicture(store, id, bytes);
      for (const variant of VARIANTS) {
        const key = variantKey(id, variant, false);
        for (const answer of await served(key)) {
          const isClean = !Buffer.from(await answer.arrayBuffer()).includes('script');
          const type = answer.headers.get('content-type');
          expect([name, variant, type, isClean]).toEqual([
            name,
            variant,
            variant === 'full' ? full : 'image/webp',
            true,
          ]);
        }
      }
    }
  });

  test('has no type that a browser could run: neither written, nor streamed, nor uploaded', async () => {
    for (const contentType of RUNNABLE) {
      const bytes = text(SCRIPT);
      const attempts = [
        () => store.put('page', bytes, { contentType }),
        () => store.putStream('page', (async function* () {})(), { contentType, bytes: 0 }),
        () => store.signUpload('page', { contentType, bytes: bytes.length, expiresInSeconds: 60 }),
      ];
      for (const attempt of attempts) await expect(attempt()).rejects.toThrow('media type');
    }
    expect(await store.head('page')).toBeNull();
  });

  test('is an attachment where it is nothing to look at, however it came', async () => {
    const page = text(SCRIPT);
    for (const contentType of ['text/plain', 'text/csv', 'application/json', 'application/octet-stream']) {
      await store.put('notes/put', page, { contentType });
      const slot = await store.signUpload(`notes/${contentType}`, {
        contentType,
        bytes: page.length,
        expiresInSeconds: 60,
      });
      await fetch(slot.url, { method: slot.method, headers: slot.headers, body: new Uint8Array(page) });
      for (const key of ['notes/put', `notes/${contentType}`]) {
        for (const { headers } of await served(key)) {
          expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual([
            contentType,
            'attachment',
          ]);
        }
      }
    }
  });
});

test('a page that somebody put into the folder by hand is handed out as bytes to save', async () => {
  const { store, config, stop } = await aDiskStore();
  await mkdir(join(config.root, 'public'), { recursive: true });
  for (const name of ['page.html', 'drawing.svg', 'script.js', 'feed.xml']) {
    await writeFile(join(config.root, 'public', name), SCRIPT);
    const { headers } = await fetch(await store.publicUrl(`public/${name}`));
    expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      'application/octet-stream',
      'attachment',
    ]);
    expect(await store.head(`public/${name}`)).toMatchObject({ contentType: 'application/octet-stream' });
  }
  await stop();
});

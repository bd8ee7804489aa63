import { describe, expect, it } from 'vitest';
import { ofFreeCall, retryAfterOf, withoutSecret } from '../src/call/explain-call.ts';
import { mediaTypeOf } from '../src/call/media-type-of.ts';
import { wordWishes } from '../src/call/word-wishes.ts';
import { ProviderError } from '../src/port.ts';

describe('the type of bytes', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');
  it.each([
    ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
    ['image/jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
    ['image/webp', 'RIFF\x10\0\0\0WEBPVP8 '],
    ['video/mp4', '\0\0\0\x20ftypisom'],
    ['video/webm', '\x1aE\xdf\xa3\x9f'],
    ['audio/wav', 'RIFF\x10\0\0\0WAVEfmt '],
    ['audio/mpeg', 'ID3\x04'],
    ['audio/mpeg', '\xff\xfb\x90\x64'],
    [undefined, '<html>'],
    [undefined, '<svg xmlns="http://www.w3.org/2000/svg">'],
    [undefined, '\x89PNG'],
    [undefined, 'RIFF\x10\0\0\0AVI '],
    [undefined, '{"error":"ftyp"}'],
    [undefined, ''],
  ])('is %s by how they begin', (type, opening) => {
    expect(mediaTypeOf(bytes(opening))).toBe(type);
  });

  it('is read where the bytes begin, not where their buffer does', () => {
    const whole = bytes('xxxx\xff\xd8\xff\xe0');
    expect(mediaTypeOf(new Uint8Array(whole.buffer, whole.byteOffset + 4, 4))).toBe('image/jpeg');
  });
});

describe('the wait a vendor asks for', () => {
  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-3' }, undefined],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, undefined],
    [{}, undefined],
  ])('of %j is %s milliseconds', (headers, wait) => {
    expect(retryAfterOf(new Headers(headers as Record<string, string>))).toBe(wait);
  });
});

describe('an error', () => {
  it('loses the key, wherever it stands', () => {
    const cause = Object.assign(new Error('no'), { request: { headers: { 'x-api-key': 'secret-1' } } });
    const error = new ProviderError('x', 'refused', { detail: 'no secret-1', said: 'secret-1?', isLost: true, cause });
    expect(withoutSecret(error, 'secret-1')).toMatchObject({
      detail: 'no [key]',
      said: '[key]?',
      isLost: true,
      cause: undefined,
    });
    const quiet = new ProviderError('x', 'refused', { detail: 'no', cause });
    expect(withoutSecret(quiet, 'secret-1').cause).toBeUndefined();
    expect(withoutSecret(quiet, 'another')).toBe(quiet);
    expect(withoutSecret(quiet, '')).toBe(quiet);
  });

  it('of a call that costs nothing is safe to repeat', () => {
    const lost = new ProviderError('x', 'unavailable', { detail: 'cut', maybeTaken: true, retryAfterMs: 5 });
    expect(ofFreeCall(lost)).toMatchObject({ maybeTaken: false, isRetryable: true, detail: 'cut', retryAfterMs: 5 });
  });
});

describe('wishes in words', () => {
  it('follow the prompt, and only those that were made', () => {
    expect(wordWishes('a cat', {})).toBe('a cat');
    expect(wordWishes('a cat', { quality: 'standard' })).toBe('a cat');
    expect(wordWishes('a cat', { style: 'poster', quality: 'high', aspectRatio: '4:5' })).toBe(
      'a cat\n\nMake it a poster. Its width to its height is as 4:5. Work out every detail.',
    );
  });
});

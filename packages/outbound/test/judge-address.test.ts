import { expect, test } from 'vitest';
import { isPublicAddress } from '../src/judge-address.ts';
import { judgeUrl } from '../src/judge-url.ts';

test.each([
  '0.0.0.0',
  '0.1.2.3',
  '10.1.2.3',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.255',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  '2001:10::1',
  '2001:20::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  'no address',
  '',
])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '192.167.0.1', '2606:4700:4700::1111', '2a00:1450:4001:80b::200e'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

const judge = (text: string, httpsOnly = false) =>
  judgeUrl(text, {
    allowed: [
      { hostname: 'localhost', port: 9999 },
      { hostname: '10.0.0.5', port: null },
    ],
    httpsOnly,
  });

test.each([
  'http://2130706433/',
  'http://134744072/',
  'http://0x7f000001/',
  'http://0x8.0x8.0x8.0x8/',
  'http://017700000001/',
  'http://0177.0.0.1/',
  'http://8.8.2056/',
  'http://127.1/',
  'http://8.8.8.8./',
  'http://%38.8.8.8/',
  'http://８.8.8.8/',
  'http://127.0.0.1/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[fe80::1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://169.254.169.254/latest/meta-data',
  'http://localhost/',
  'http://localhost./',
  'http://LOCALHOST/',
  'http://metadata/',
  'http://metadata.google.internal/',
  'http://printer.local/',
  'http://example.com./',
  'http://localhost:9998/',
  'https://example.com:22/',
  'https://example.com:6379/',
  'http://ada:secret@example.com/',
  'http://ada@example.com/',
  'http://example.com\\@127.0.0.1/',
  'http://exa\tmple.com/',
  ' http://example.com/',
  'http://example.com/\u0000',
  'http://example.com/a b',
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'data:text/plain,hello',
  'javascript:alert(1)',
  'blob:https://example.com/1',
  '//example.com/',
  '/path',
  '',
  `https://example.com/${'a'.repeat(3_000)}`,
])('%j is refused before anything is asked', (text) => {
  expect(() => judge(text)).toThrow(expect.objectContaining({ reason: 'forbidden' }));
});

test.each([
  'https://example.com/',
  'http://example.com/hook?x=1',
  'https://8.8.8.8/',
  'https://[2606:4700:4700::1111]/',
  'https://example.com:8443/',
  'HTTPS://Example.COM/',
  'https://bücher.example/',
  'http://localhost:9999/',
  'http://10.0.0.5:81/',
])('%s may be asked', (text) => {
  expect(judge(text).url.href).toBe(new URL(text).href);
});

test('where only https is spoken, http is left to hosts that the operator allowed', () => {
  expect(() => judge('http://example.com/', true)).toThrow('must start with https://');
  expect(judge('http://localhost:9999/', true).isAllowed).toBe(true);
});

import { describe, expect, test } from 'vitest';
import { checkNewPassword, isCommonPassword } from '../src/accounts/check-new-password.ts';
import { passwordProblem, safeReturnPath } from '../src/accounts/rules.ts';
import { ChangeNameInput, SignInInput, SignUpInput } from '../src/accounts/schema.ts';

describe('a new password', () => {
  test.each([
    'seven green kettles',
    'Tr0mbone-lagoon',
    '長いパスワードをここに書く',
    'x'.repeat(5) + 'yz!Q7'.repeat(24),
    'ann likes to swim at night',
  ])('%s is fine', (password) => {
    expect(() => checkNewPassword(password, 'ann@example.com', 'password')).not.toThrow();
  });

  test.each([
    ['too short', 'nine char', /at least 10/],
    ['too short, although its code units are enough', '🦦🦦🦊🦊🐻🐻', /at least 10/],
    ['too long', `${'correct horse battery '.repeat(6)}!`, /at most 128/],
    ['one character over and over', 'aaaaaaaaaaaa', /repeats/],
    ['a short pattern over and over', 'abcabcabcabca', /repeats/],
    ['the address', 'ann.smith@example.com', /e-mail/],
    ['the local part with a year', 'Ann.Smith2024', /e-mail/],
    ['the name of the site', 'remixify123', /name of this site/],
    ['the name of the site, twice', 'RemixifyRemixify', /name of this site/],
    ['on the list', 'qwertyuiop', /guessed first/],
    ['on the list in other letters', 'QwertyUiop', /guessed first/],
    ['on the list, decorated', 'Password123!', /guessed first/],
    ['on the list, decorated on both sides', '!!dragon2024', /guessed first/],
    ['on the list, twice', 'monkeymonkey', /guessed first/],
    ['on the list, in wide letters', 'ｑｗｅｒｔｙｕｉｏｐ', /guessed first/],
  ])('that is %s is refused with the reason', (_, password, reason) => {
    const attempt = () => checkNewPassword(password, 'ann.smith@example.com', 'newPassword');
    expect(attempt).toThrow(reason);
    expect(attempt).toThrow(expect.objectContaining({ code: 'invalid', details: { field: 'newPassword' } }));
  });

  test('short words of an address do not forbid half the dictionary', () => {
    expect(passwordProblem('a train to nowhere', 'a@example.com')).toBeNull();
    expect(passwordProblem('joanna met a walrus', 'ann@example.com')).toBeNull();
  });

  test('the bundled list is long and knows ten-letter passwords', () => {
    for (const password of ['1q2w3e4r5t', 'manchester', '1qaz2wsx3edc']) expect(isCommonPassword(password)).toBe(true);
    expect(isCommonPassword('seven green kettles')).toBe(false);
  });
});

describe('the form', () => {
  const form = { name: ' Ann ', email: ' Ann.Smith@Example.COM ', password: 'seven green kettles' };

  test('takes what browsers send: an address in any case, a box that is ticked or missing', () => {
    expect(SignUpInput.parse(form)).toEqual({
      name: 'Ann',
      email: 'ann.smith@example.com',
      password: form.password,
      keepSignedIn: false,
    });
    expect(SignInInput.parse({ ...form, keepSignedIn: 'on' }).keepSignedIn).toBe(true);
  });

  test.each([
    ['email', { email: 'not an address' }],
    ['email', { email: 'a@b.example\r\nBcc: c@d.example' }],
    ['email', { email: `${'x'.repeat(250)}@example.com` }],
    ['name', { name: '   ' }],
    ['name', { name: 'x'.repeat(61) }],
    ['name', { name: 'Ann\nSmith' }],
    ['name', { name: 'evil\u202egnp.exe' }],
    ['password', { password: 'short' }],
    ['password', { password: 'ann.smith12' }],
  ])('tells what is wrong on the field %s', (field, change) => {
    const parsed = SignUpInput.safeParse({ ...form, ...change });
    expect(parsed.error?.issues.map((issue) => issue.path[0])).toEqual([field]);
  });

  test('never cuts a password or a name', () => {
    expect(SignInInput.parse({ ...form, password: '  spaces count  ' }).password).toBe('  spaces count  ');
    expect(ChangeNameInput.parse({ name: '🦦'.repeat(60) }).name).toHaveLength(120);
  });
});

describe('a return address', () => {
  test.each([
    ['/', '/'],
    ['/ads/1?tab=remixes#top', '/ads/1?tab=remixes#top'],
    ['/search?q=a%2Fb&to=//elsewhere.example', '/search?q=a%2Fb&to=//elsewhere.example'],
    ['/é/☃', '/%C3%A9/%E2%98%83'],
    ['/a/../b', '/b'],
  ])('%s leads to %s', (value, path) => {
    expect(safeReturnPath(value)).toBe(path);
  });

  test.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\u0000//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/a//evil.example',
    'https://evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'evil.example',
    ' /x',
    '@evil.example',
    '.evil.example',
    '?to=x',
    '',
    `/${'x'.repeat(3_000)}`,
    '/x\r\nSet-Cookie: a=b',
    '/x\u0085y',
    null,
    undefined,
    42,
    ['/x'],
  ])('%j leads to the start page', (value) => {
    expect(safeReturnPath(value)).toBe('/');
    expect(safeReturnPath(value, '/settings')).toBe('/settings');
  });

  test('whatever comes out stays on this site, in every browser that reads it', () => {
    const parts = ['/', '//', '\\', '.', '..', '%2e', '%2f', '%5c', '@', ':', '\t', '\n', 'evil.example', '?', '#'];
    for (const a of parts)
      for (const b of parts)
        for (const c of parts)
          for (const d of parts) {
            const path = safeReturnPath(`/${a}${b}${c}${d}evil.example`);
            expect(new URL(path, 'https://remixify.example').host).toBe('remixify.example');
            expect(path).toMatch(/^\/(?![/\\])/);
          }
  });
});

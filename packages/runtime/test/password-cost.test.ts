import { execFileSync } from 'node:child_process';
import { scryptSync } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('a password is as dear to guess as the sign-in library makes it: scrypt with N 16,384 and r 16, in 32 MB', () => {
  const source = join(import.meta.dirname, '../src/accounts/password-hash.ts');
  // A process of its own: in this one the tests' passwords are cheap.
  const program = `import { hashPassword } from ${JSON.stringify(source)}; console.log(await hashPassword('a password', 'aa'));`;
  const hash = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }).trim();
  const key = scryptSync('a password', 'aa', 64, { N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 });
  expect(hash).toBe(`aa:${key.toString('hex')}`);
});

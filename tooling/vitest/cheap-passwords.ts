import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

// A password is made dear to guess, and tests hash hundreds of them. Here each costs a sixteenth; what the product asks
// for is a test of its own (packages/runtime/test/password-cost.test.ts).
const { scrypt } = crypto;
type Scrypt = (password: string, salt: string, bytes: number, cost: crypto.ScryptOptions, done: () => void) => void;

const cheap: Scrypt = (password, salt, bytes, cost, done) =>
  scrypt(password, salt, bytes, { ...cost, N: Math.max(2, (cost.N ?? 16_384) / 16) }, done);

crypto.scrypt = cheap as typeof crypto.scrypt;
syncBuiltinESMExports();

import { EnvSchema } from '@repo/runtime/env';

/**
 * The environment with every setting of the product empty, which counts as unset and wins over `.env`: whatever is set
 * on this machine (a database, a key), it is neither touched nor shown.
 */
export function withoutSettings(): Record<string, string | undefined> {
  return { ...process.env, ...Object.fromEntries(Object.keys(EnvSchema.shape).map((name) => [name, ''])) };
}

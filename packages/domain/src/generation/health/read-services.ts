import { transactAs } from '@repo/db';
import type { Tools } from '../../context.ts';
import { canDo } from '../catalogue.ts';
import { GENERATION_KINDS } from '../rules.ts';
import { readHealth } from './read-health.ts';

/** How each provider does: down when all it does is down, degraded when some of it is down or slow. */
export async function readServices(tools: Tools): Promise<Record<string, 'up' | 'degraded' | 'down'>> {
  const actor = { kind: 'system', job: 'readiness' } as const;
  const healthOf = await transactAs(tools.db, actor, (tx) => readHealth(tx, tools.now()));
  const states = new Map<string, string[]>();
  for (const entry of tools.models.entries.filter(({ isEnabled }) => isEnabled)) {
    const kinds = GENERATION_KINDS.filter((kind) => canDo(entry, kind));
    states.set(entry.provider, [
      ...(states.get(entry.provider) ?? []),
      ...kinds.map((kind) => healthOf(entry, kind).state),
    ]);
  }
  return Object.fromEntries(
    [...states].map(([provider, all]) => [
      provider,
      all.every((state) => state === 'healthy') ? 'up' : all.every((state) => state === 'down') ? 'down' : 'degraded',
    ]),
  );
}

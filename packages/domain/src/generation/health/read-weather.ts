import { transactAs } from '@repo/db';
import type { ReaderContext } from '../../context.ts';
import { canDo } from '../catalogue.ts';
import { GENERATION_KINDS } from '../rules.ts';
import type { Weather } from '../schema.ts';
import { readHealth } from './read-health.ts';
import { sayHealth } from './say-health.ts';

/**
 * How the models do, in the catalogue's order: those that were measured or are in trouble, and always the stand-ins,
 * which need nobody else. Anybody may ask.
 */
export async function readWeather(ctx: Pick<ReaderContext, 'db' | 'now' | 'models' | 'actor'>): Promise<Weather[]> {
  const now = ctx.now();
  const healthOf = await transactAs(ctx.db, ctx.actor, (tx) => readHealth(tx, now));
  return ctx.models.entries
    .filter(({ isEnabled }) => isEnabled)
    .flatMap((entry) =>
      GENERATION_KINDS.filter((kind) => canDo(entry, kind)).map((kind) => ({
        entry,
        kind,
        health: healthOf(entry, kind),
      })),
    )
    .filter(({ entry, health }) => entry.isStandIn || health.state !== 'healthy' || health.p50Ms !== null)
    .map(({ entry: { id, provider, label }, kind, health }) => ({
      provider,
      model: id,
      label,
      kind,
      state: health.state,
      since: health.since,
      sentence: sayHealth(label, health, now),
      p50Seconds: inSeconds(health.p50Ms),
      p95Seconds: inSeconds(health.p95Ms),
      nextProbeAt: health.retryAt,
    }));
}

const inSeconds = (ms: number | null): number | null => (ms === null ? null : ms / 1000);

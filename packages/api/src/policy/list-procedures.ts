import { appRouter } from '../index.server.ts';
import type { ProcedureMeta } from '../procedure-meta.ts';

export type ListedProcedure = {
  path: string;
  type: 'query' | 'mutation' | 'subscription';
  hasOutput: boolean;
  meta: ProcedureMeta | null;
};

type Raw = { _def: { type: ListedProcedure['type']; output?: unknown; meta?: ProcedureMeta } };

/** Every procedure there is, with what it says of itself. */
export const listProcedures = (): ListedProcedure[] =>
  Object.entries(appRouter._def.procedures as unknown as Record<string, Raw>).map(([path, { _def }]) => ({
    path,
    type: _def.type,
    hasOutput: _def.output !== undefined,
    meta: _def.meta ?? null,
  }));

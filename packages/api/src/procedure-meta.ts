import type { Scope } from '@repo/domain/permissions/rules';

/** What a call costs us, and so how often it may be made: a limit is one per class. */
export type CostClass = 'read' | 'write' | 'ai' | 'sign_in';

/** What every procedure says of itself. The REST routes, their document, limits and the attack suite are made from it. */
export type ProcedureMeta = {
  /** Its address under `/api/v1`; names in braces are fields of its input. Null: it makes sense for our pages alone. */
  rest: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}` | null;
  /** What a key must be allowed to do; null: any key may. */
  scope: Scope | null;
  cost: CostClass;
  /** One line for the documentation. */
  summary: string;
};

import type { ApiContext, CostClass } from '@repo/api';
import { DomainError } from '@repo/domain/errors';
import { describeWait } from '../accounts/limiter.ts';
import type { RequestScope } from '../http/request-scope.ts';
import type { Limits } from './create-limits.ts';
import { BUCKET_OF, type Bucket } from './rate-rules.ts';
import { noteVerdicts, secondsUntil, tightest, type Verdict } from './verdict.ts';

export type Spending = {
  limits: Limits;
  scope: RequestScope;
  request: Request;
  asker: Pick<ApiContext, 'actor' | 'key'>;
};

/** Pages that everybody may look at as often as they like; their data has the same address with `.data`. */
const PUBLIC_PAGE = /^\/(|_root\.data|_index\.data|(ads|remixes)\/[^/]+)$/;

/**
 * Counts a call against whoever makes it: each call of the API, and each page or form once, whatever it calls.
 * @throws DomainError `quota_exceeded` when they have to wait.
 */
export async function spend({ limits, scope, request, asker }: Spending, cost: CostClass): Promise<void> {
  const bucket = BUCKET_OF[cost];
  const { actor, key = null } = asker;
  const { pathname } = new URL(request.url);
  const isApi = pathname.startsWith('/api/');
  if (cost === 'read' && isReading(request) && (isApi ? actor.kind === 'visitor' : PUBLIC_PAGE.test(pathname))) return;
  if (!isApi) {
    if (scope.spent.has(bucket)) return;
    scope.spent.add(bucket);
  }
  const verdicts = await limits.take(bucket, {
    address: scope.clientAddress,
    user: actor.kind === 'user' ? { id: actor.userId, isGuest: actor.isGuest } : null,
    key: key && { id: key.id, perMinute: key.perMinute ?? null },
  });
  noteVerdicts(scope, verdicts);
  const refusal = tightest(verdicts.filter(({ isAllowed }) => !isAllowed));
  if (refusal) throw refusalFor(bucket, refusal);
}

const isReading = ({ method }: Request) => method === 'GET' || method === 'HEAD';

function refusalFor(bucket: Bucket, { rule, resetMs }: Verdict): DomainError {
  const seconds = secondsUntil(resetMs);
  const wait = seconds < 60 ? `in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}` : describeWait(seconds);
  const window = rule.seconds === 60 ? 'a minute' : `in ${rule.seconds / 60} minutes`;
  const what = { general: 'requests', ai: 'requests to models', sign_in: 'tries' }[bucket];
  return new DomainError(
    'quota_exceeded',
    `That was too fast: ${rule.max} ${what} ${window} are taken. Nothing you typed is lost: try again ${wait}.`,
    { retryAfterSeconds: seconds },
  );
}

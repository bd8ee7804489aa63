import { ApiError } from '@google/genai';
import { type ExplainStatus, explainCall, withoutSecret } from '../call/explain-call.ts';
import { type CallLimits, watchCall } from '../call/watch-call.ts';
import type { TokenSource } from './create-token-source.ts';

export type VertexQuestion<T> = {
  /** Made only when asked: a bad address in the settings shall fail the call, not the start of the program. */
  url: () => string;
  /** Sent by POST as JSON; without one it is a GET. */
  body?: object;
  limits: Omit<CallLimits, 'signal'>;
  signal?: AbortSignal | undefined;
  read: (response: Response) => Promise<T>;
  explainStatus: ExplainStatus;
};

/**
 * One watched exchange, repeated once with a new token after a 401 (which takes nothing). Without `tokens` it
 * goes out unsigned. Throws only `ProviderError`.
 */
export async function callVertex<T>(
  provider: string,
  tokens: TokenSource | undefined,
  question: VertexQuestion<T>,
): Promise<T> {
  const { url, body, limits, signal, read, explainStatus } = question;
  for (let isFirst = true; ; isFirst = false) {
    const watched = watchCall({ ...limits, signal });
    let token = '';
    try {
      return await watched.run(async () => {
        const address = new URL(url());
        token = (await tokens?.read()) ?? '';
        const response = await watched.fetch(address, {
          method: body ? 'POST' : 'GET',
          body: body && JSON.stringify(body),
          headers: {
            ...(body && { 'content-type': 'application/json' }),
            ...(token && { authorization: `Bearer ${token}` }),
          },
        });
        if (!response.ok) throw new ApiError({ message: await response.text(), status: response.status });
        return read(response);
      });
    } catch (cause) {
      if (isFirst && token && watched.trace.status === 401 && tokens?.renew(token)) continue;
      throw withoutSecret(explainCall(provider, cause, watched.trace, explainStatus), token);
    }
  }
}

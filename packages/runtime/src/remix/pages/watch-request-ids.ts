let lastFailed: string | null = null;

/** The id of the last request that failed after the page had loaded, or null. */
export const lastFailedRequestId = (): string | null => lastFailed;

/** Remembers the id of a failed request, which the router does not hand on to an error boundary. */
export function watchRequestIds(): void {
  const fetchBefore = window.fetch;
  window.fetch = async (...args) => {
    const response = await fetchBefore(...args);
    if (response.status >= 400) lastFailed = response.headers.get('x-request-id') ?? lastFailed;
    return response;
  };
}

import { createContext, useContext } from 'react';

/** What the page knows of the request that made it. `typed`: fields of a posted form, to be given back. */
export type RequestInfo = { requestId: string; nonce: string; typed: [name: string, value: string][] };

export const RequestInfo = createContext<RequestInfo>({ requestId: '', nonce: '', typed: [] });

export const useRequestInfo = () => useContext(RequestInfo);

const ELEMENT_ID = 'request-info';

/** Hands the request's facts to the browser as data: it is never run. */
export function RequestInfoScript() {
  const { requestId, typed } = useRequestInfo();
  // `<` would let a typed `</script>` end the element.
  const text = JSON.stringify({ requestId, typed }).replaceAll('<', '\\u003c');
  return (
    <script
      id={ELEMENT_ID}
      type="application/json"
      suppressHydrationWarning
      // JSON in which no tag can begin.
      dangerouslySetInnerHTML={{ __html: text }}
    />
  );
}

/** The same facts in the browser. The nonce stays behind: browsers hide it from scripts on purpose. */
export function readRequestInfo(): RequestInfo {
  const text = document.getElementById(ELEMENT_ID)?.textContent ?? '{}';
  return { requestId: '', typed: [], ...(JSON.parse(text) as Partial<RequestInfo>), nonce: '' };
}

import { escaped } from './docs-escape.ts';
import type { Operation } from './openapi.ts';

type Parameter = { name: string; in: string; required: boolean; description?: string };
export type Tried = { method: string; path: string; operation: Operation };

/** A form that sends the request from the page. Hidden until the script is there that sends it. */
export function tryForm({ method, path, operation }: Tried): string {
  const { operationId } = operation;
  const bodies = bodiesOf(operation);
  const fields = ((operation.parameters ?? []) as Parameter[]).map((one) => {
    const needed = one.in === 'path' ? ' required' : '';
    const hint = one.name === 'Idempotency-Key' ? ' <small>Empty: a new one each time you send.</small>' : '';
    return `<label>${escaped(one.name)}${hint} <input name="${escaped(one.name)}" data-in="${one.in}" autocomplete="off" spellcheck="false"${needed}></label>`;
  });
  const kinds = Object.entries(bodies)
    .map(([kind, body]) => `<option value="${escaped(body)}">${escaped(kind)}</option>`)
    .join('');
  const [first] = Object.values(bodies);
  return `<form hidden data-method="${method}" data-path="${escaped(path)}" aria-label="${escaped(`Try ${operationId}`)}">
${fields.join('\n')}
${Object.keys(bodies).length > 1 ? `<label>Example <select>${kinds}</select></label>` : ''}
${first ? `<label>Body <textarea spellcheck="false">${escaped(first)}</textarea></label>` : ''}
${method === 'GET' ? '' : '<small>This is done for real, as whoever the key or your session belongs to.</small>'}
<button>Send</button>
<p class="said" role="status"></p>
<pre class="body" tabindex="0" hidden></pre>
<details class="heads" hidden><summary>Headers of the answer</summary><pre tabindex="0"></pre></details>
</form>`;
}

/** Without a script: the same as a line to paste. */
export function curlOf({ method, path, operation }: Tried): string {
  const takesKey = JSON.stringify(operation.parameters ?? []).includes('Idempotency-Key');
  const example = exampleBody(operation);
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}"$URL/api/v1${path}" -H "Authorization: Bearer $KEY"`,
    ...(takesKey ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(example === undefined
      ? []
      : [`-H 'Content-Type: application/json' -d '${JSON.stringify(example).replaceAll("'", "'\\''")}'`]),
  ].join(' \\\n  ');
}

/** The examples of a body by the name of their kind, as a person would write them. */
function bodiesOf(operation: Operation): Record<string, string> {
  const { example, examples } = operation.requestBody?.content['application/json'] ?? {};
  const all = examples ?? (example === undefined ? {} : { body: { value: example } });
  return Object.fromEntries(Object.entries(all).map(([kind, { value }]) => [kind, JSON.stringify(value, null, 2)]));
}

function exampleBody({ requestBody }: Operation): unknown {
  const { example, examples } = requestBody?.content['application/json'] ?? {};
  return example ?? Object.values(examples ?? {})[0]?.value;
}

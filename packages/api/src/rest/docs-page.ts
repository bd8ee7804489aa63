import { escaped, prose } from './docs-escape.ts';
import { DOCS_STYLE } from './docs-look.ts';
import { DOCS_SCRIPT } from './docs-script.ts';
import { inputOf } from './docs-shape.ts';
import { curlOf, type Tried, tryForm } from './docs-try.ts';
import { type Content, openApiDocument } from './openapi.ts';

const NONCE = '{{nonce}}';
let made: string[] | null = null;

/** The document as a page to read: everything is there without a script, which finds, folds and sends. */
export function docsPage(nonce: string): string {
  made ??= makePage().split(NONCE);
  return made.join(nonce);
}

function makePage(): string {
  const document = openApiDocument();
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const nouns = [...new Set(operations.flatMap(({ operation }) => operation.tags))];
  const scopes = Object.entries(document['x-scopes'] as Record<string, string>);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The Remixify API</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style nonce="${NONCE}">${DOCS_STYLE}</style>
</head>
<body>
<header>
<p><a href="/">Remixify</a></p>
<h1>The API</h1>
<p>Every answer is <code>{success, data, meta}</code>, every failure <code>{success: false, error}</code> with a code, a sentence, and
the fields it is about. Send an API key or a session token as <code>Authorization: Bearer …</code>. Lists go on by
<code>links.next</code>. The same <code>Idempotency-Key</code> makes a repeated write the same write.</p>
<p><a href="/api/v1/openapi.json">The OpenAPI 3.1 document</a>, for tools that make clients.</p>
<pre tabindex="0"><code>curl -H "Authorization: Bearer $KEY" ${escaped('"$URL/api/v1/generations?limit=5"')}</code></pre>
<p class="find"><label for="find">Find</label> <input id="find" type="search" autocomplete="off" placeholder="remix, /ads, credits:read"></p>
<p class="find" id="who" hidden><label for="key">Key</label> <input id="key" type="password" autocomplete="off" spellcheck="false" aria-describedby="who-asks"> <small id="who-asks">To try things as its holder; without one, as whoever is signed in here.</small></p>
<p id="none" role="status" hidden>Nothing here is called that.</p>
</header>
<nav aria-label="Nouns"><ul>${nouns.map((noun) => `<li><a href="#${noun}">${noun}</a></li>`).join('')}<li><a href="#scopes">scopes</a></li></ul></nav>
<main>
${nouns
  .map(
    (noun) => `<section id="${noun}"><h2>${noun}</h2>
${operations
  .filter(({ operation }) => operation.tags.includes(noun))
  .map(operationPart)
  .join('\n')}
</section>`,
  )
  .join('\n')}
<section id="scopes"><h2>scopes</h2><p>What a key may be allowed to do. A session may do all that its person may.</p>
<div class="wide"><table><tbody>${scopes.map(([scope, text]) => `<tr><th scope="row"><code>${scope}</code></th><td>${prose(text)}</td></tr>`).join('')}</tbody></table></div></section>
</main>
<script nonce="${NONCE}">${DOCS_SCRIPT}</script>
</body>
</html>
`;
}

function operationPart(tried: Tried): string {
  const { path, method, operation } = tried;
  const { operationId, summary, responses } = operation;
  const parameters = (operation.parameters ?? []) as {
    name: string;
    in: string;
    required: boolean;
    description?: string;
    schema?: object;
  }[];
  const scope = operation['x-scope'];
  const failures = Object.entries(responses).filter(([status]) => status !== '200');
  const words = `${method} ${path} ${summary} ${scope ?? ''}`.toLowerCase();
  return `<details id="${operationId}" data-words="${escaped(words)}">
<summary><b class="method ${method.toLowerCase()}">${method}</b> <code>${escaped(path)}</code> <span>${escaped(summary)}</span></summary>
<p>${scope ? `Scope <code>${scope}</code>. ` : 'Any key. '}Limit class <code>${operation['x-cost']}</code>.</p>
${parameters.length > 0 ? `<h3>Fields</h3><div class="wide"><table><tbody>${parameters.map(parameterRow).join('')}</tbody></table></div>` : ''}
${operation.requestBody ? `<h3>Body</h3>${shapePart(inputOf(operation.requestBody))}${examplePart(operation.requestBody.content)}` : ''}
<h3>Answer</h3>${shapePart(inputOf(responses['200']!))}${examplePart(responses['200']!.content ?? {})}
<h3>Failures</h3><p>${failures.map(([status, { description }]) => `<code>${status}</code> ${prose(description)}`).join(' · ')}</p>
<h3>Try it</h3>${shapePart(curlOf(tried))}${tryForm(tried)}
</details>`;
}

const parameterRow = ({
  name,
  in: place,
  required,
  description,
  schema,
}: {
  name: string;
  in: string;
  required: boolean;
  description?: string;
  schema?: object;
}) =>
  `<tr><th scope="row"><code>${escaped(name)}</code></th><td>${place}${required ? ', needed' : ''}</td><td>${description ? prose(description) : escaped(inputOf({ schema }))}</td></tr>`;

/** Each example folded up: the shapes above say more in fewer lines. */
const examplePart = (content: Content) =>
  Object.values(content)
    .flatMap(({ example, examples = {} }) => [
      ...(example === undefined ? [] : [exampleFold('Example', example)]),
      ...Object.entries(examples).map(([kind, { value }]) => exampleFold(`Example of ${kind}`, value)),
    ])
    .join('');

const exampleFold = (title: string, value: unknown) =>
  `<details><summary>${escaped(title)}</summary>${shapePart(JSON.stringify(value, null, 2))}</details>`;

const shapePart = (text: string) => `<pre tabindex="0"><code>${escaped(text)}</code></pre>`;

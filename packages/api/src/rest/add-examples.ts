import { exampleOf, examplesOfInput, type Parts } from './example-of.ts';
import type { OpenApiDocument } from './openapi.ts';

/** Puts an example beside the schema of every body that an operation takes or answers when it works. */
export function addExamples(paths: OpenApiDocument['paths'], parts: Parts): void {
  for (const [template, methods] of Object.entries(paths)) {
    for (const { requestBody, responses } of Object.values(methods)) {
      for (const body of Object.values(requestBody?.content ?? {})) {
        const { '': only, ...byKind } = examplesOfInput(body.schema, parts);
        if (only !== undefined) body.example = only;
        else body.examples = Object.fromEntries(Object.entries(byKind).map(([kind, value]) => [kind, { value }]));
      }
      for (const body of Object.values(responses['200']?.content ?? {})) {
        body.example = atHome(exampleOf(body.schema, parts), template);
      }
    }
  }
}

/** A list's links lead to that list. */
function atHome(example: unknown, template: string): unknown {
  const { links, ...answer } = example as { links?: Record<string, string> };
  if (!links) return example;
  const moved = Object.entries(links).map(([name, link]) => [name, link.replace('/generations', template)]);
  return { ...answer, links: { ...Object.fromEntries(moved), prev: null } };
}

import { describe, expect, it } from 'vitest';
import { readJson } from '../src/call/read-json.ts';

describe('JSON in a model’s words', () => {
  it.each([
    ['as it stands', ' {"a":1}\n', { a: 1 }],
    ['as a list', '[1,2]', [1, 2]],
    ['in a fence', 'Here:\n```json\n{"a":1}\n```\nBye.', { a: 1 }],
    ['in a fence without a language', '```\n{"a":1}\n```', { a: 1 }],
    ['in a fence on one line', '```json {"a":1}```', { a: 1 }],
    ['in a fence that never closes', '```json\n{"a":{"b":2}}', { a: { b: 2 } }],
    ['in the longest of two fences', '```json\n{}\n```\nor\n```json\n{"a":1}\n```', { a: 1 }],
    ['after a fence of another language', '```ts\nlet a = {};\n```\n```json\n{"a":1}\n```', { a: 1 }],
    ['in prose', 'Sure! The answer is {"a":[1,{"b":2}]} as you asked.', { a: [1, { b: 2 }] }],
    ['after a bracket in prose', 'See [note] and {this}: {"a":1}', { a: 1 }],
    ['as the longest of several', 'From {"a":1} to {"a":1,"b":2} or [3]', { a: 1, b: 2 }],
    ['with braces and quotes in its strings', 'x {"a":"} ] \\" {","b":"\\\\"} y', { a: '} ] " {', b: '\\' }],
    ['with a fence in its strings', 'x ```json\n{"a":"```js\\n1\\n```"}\n``` y', { a: '```js\n1\n```' }],
    ['with other scripts', 'Vot: {"ключ":"夜 🌙"}', { ключ: '夜 🌙' }],
    ['within something unclosed', '{ "oops": [ {"a":1}', { a: 1 }],
  ])('is read %s', (_, text, value) => {
    expect(readJson(text)).toEqual(value);
  });

  it.each(['', 'Snow falls.', '{', '{"a":', '[1,', '"a"', '42', 'null', '{a:1}', '``````', '```json\n```', '}{'])(
    'is not found in %j',
    (text) => {
      expect(readJson(text)).toBeUndefined();
    },
  );

  // With a step in it that looks at everything again and again each of these would take minutes.
  it.each([
    ['opening braces', '{'.repeat(1_000_000)],
    ['opening braces and quotes', '{"'.repeat(500_000)],
    ['small objects', '{"a":1} '.repeat(125_000)],
    ['broken objects', '{a} '.repeat(250_000)],
    ['fences', '```'.repeat(333_333)],
    ['broken fences', '```{'.repeat(250_000)],
    ['a fence and spaces', `\`\`\`${' '.repeat(1_000_000)}`],
    ['a fence and newlines', `\`\`\`json${'\n'.repeat(1_000_000)}`],
    ['backslashes', `{"${'\\'.repeat(1_000_000)}`],
    ['deep brackets', `x${'['.repeat(500_000)}${']'.repeat(500_000)}`],
  ])('is looked for quickly in 1 MB of %s', { timeout: 10_000 }, (_, garbage) => {
    expect(() => readJson(garbage)).not.toThrow();
  });
});

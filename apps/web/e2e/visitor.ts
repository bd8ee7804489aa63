import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { inject } from 'vitest';
import type { Stack } from './provide-stack.ts';

/** Somebody with a browser of their own: cookies, tabs, and a memory of everything that went wrong in them. */
export type Visitor = {
  context: BrowserContext;
  page: Page;
  /** Errors of the console and of scripts, violations of the content policy, answers of 500 and above. */
  troubles: string[];
  /** Answers of 400 to 499, as "status address": each must be one that was provoked. */
  refusals: string[];
  /** Everything the page told by `role=status` and `role=progressbar`, in order, through reloads. */
  told: string[];
  /** Closes the tab and opens another one. */
  reopenTab(): Promise<Page>;
  /** A picture of the page and what was heard of it. Prints where they lie. */
  saveEvidence(name: string): Promise<void>;
};

export const stack = (): Stack => {
  const found = inject('stack');
  if (!found) throw new Error('No stack was started.');
  return found;
};

export async function newVisitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: stack().web,
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const troubles: string[] = [];
  const refusals: string[] = [];
  const told: string[] = [];
  context.on('console', (message) => {
    // The browser's own line about an answer that was counted below.
    const isAboutAnswer = /^Failed to load resource: the server responded with a status of/.test(message.text());
    if (message.type() === 'error' && !isAboutAnswer)
      troubles.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (problem) => troubles.push(`script: ${problem.error().stack ?? problem.error().message}`));
  context.on('response', (answer) => {
    const list = answer.status() >= 500 ? troubles : answer.status() >= 400 ? refusals : null;
    list?.push(`${answer.status()} ${answer.url()}`);
  });
  if (options.javaScriptEnabled !== false) {
    await context.exposeBinding('tellTest', (_, text: string) => void told.push(text));
    await context.addInitScript(tellChanges);
  }
  const visitor: Visitor = {
    context,
    page: await context.newPage(),
    troubles,
    refusals,
    told,
    async reopenTab() {
      await visitor.page.close();
      visitor.page = await context.newPage();
      return visitor.page;
    },
    async saveEvidence(name) {
      const path = join(stack().evidence, name.replace(/\W+/g, '-').slice(0, 80));
      const text = [visitor.page.url(), ...troubles, ...refusals, '', 'Told:', ...told].join('\n');
      await writeFile(`${path}.txt`, text);
      await visitor.page.screenshot({ path: `${path}.png`, fullPage: true }).catch(() => {});
      console.error(`What was seen: ${path}.png and ${path}.txt`);
    },
  };
  return visitor;
}

/** Runs in the page. */
function tellChanges(): void {
  let last = '';
  const look = () => {
    for (const node of document.querySelectorAll('[role=status], [role=progressbar]')) {
      const value = node.getAttribute('aria-valuenow');
      const text = value === null ? (node.textContent ?? '') : `${node.getAttribute('aria-label')} ${value}`;
      if (!text || last === text) continue;
      last = text;
      (window as unknown as { tellTest(text: string): void }).tellTest(text);
    }
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
}

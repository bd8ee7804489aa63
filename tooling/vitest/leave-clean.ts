import { afterAll, vi } from 'vitest';

// Test files share a process. What one of them set in it, or opened for the whole process, must not meet the next.
const TOOLBOX = Symbol.for('@repo/runtime/tools');
const before = { ...process.env };

afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  delete (globalThis as { [TOOLBOX]?: unknown })[TOOLBOX];
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

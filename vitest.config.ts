import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/*/test/**/*.test.{ts,tsx}',
            'apps/*/test/**/*.test.{ts,tsx}',
            'tooling/test/**/*.test.ts',
          ],
          globalSetup: ['tooling/vitest/provide-database.ts'],
          // Loading the sources anew for each file would take half of the time of all tests.
          isolate: false,
          setupFiles: ['tooling/vitest/cheap-passwords.ts', 'tooling/vitest/leave-clean.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // A second is nothing where others keep the cores busy.
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['apps/*/e2e/**/*.e2e.ts'],
          globalSetup: ['apps/web/e2e/provide-stack.ts'],
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 15_000 } },
          // One browser journey at a time: two would fight over two cores.
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: ['apps/*/processes/**/*.e2e.ts'],
          isolate: false,
          testTimeout: 300_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 15_000 } },
          // Each starts the built product several times over.
          fileParallelism: false,
        },
      },
    ],
  },
});

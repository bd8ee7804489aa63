import { check, conclude, endOnSignals, formatAndLint, types, vitest } from './check-steps.ts';
import { testsWithDatabase } from './needs-database.ts';
import { paint, say } from './say.ts';

// What can be known in seconds: everything but databases, browsers and builds, which `npm test` adds.
endOnSignals();
say(`\n  ${paint('bold', 'Checking the sources')}`);
const read = await Promise.all([check('Format and lint', formatAndLint), check('Types', types)]);
const left = testsWithDatabase().flatMap((file) => ['--exclude', file]);
const tests = await vitest('Tests without a database', ['--project=unit', '--silent=passed-only', ...left], {
  env: { TESTS_WITHOUT_DATABASE: '1' },
});
process.exit(await conclude([...read, tests]));

import { checkExtend } from '../extend/check-extend.ts';
import { say, step } from './say.ts';

say();
await step('Following docs/extend.md on a copy', (note) => checkExtend({ isLong: true, onStep: note })).then(
  (steps) => say(`\n  All ${steps.length} steps of the guide hold.\n`),
  (problem: Error) => {
    say(`\n${problem.message}\n`);
    process.exitCode = 1;
  },
);

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../launcher/paths.ts';
import { copyRepository } from './copy-repository.ts';
import { followStep, nameOf } from './follow-guide.ts';
import { readGuide, type Step } from './read-guide.ts';

export type CheckOptions = {
  /** False leaves out the steps that the guide calls long. */
  isLong: boolean;
  /** Told before each step. */
  onStep?(name: string): void;
};

/** Follows `docs/extend.md` from its first block to its last on a copy of the repository. @throws Error at the first that fails. */
export async function checkExtend({ isLong, onStep }: CheckOptions): Promise<Step[]> {
  const steps = readGuide(join(root, 'docs/extend.md')).filter((step) => isLong || step.kind !== 'run' || !step.isLong);
  const folder = await mkdtemp(join(tmpdir(), 'remixify-extend-'));
  try {
    copyRepository(folder);
    for (const step of steps) {
      onStep?.(nameOf(step));
      await followStep(folder, step).catch((problem: Error) => {
        throw new Error(`The guide cannot be followed at "${nameOf(step)}".\n${problem.message}`, { cause: problem });
      });
    }
    return steps;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

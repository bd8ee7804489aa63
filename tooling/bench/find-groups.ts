import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchGroup } from './bench-group.ts';

const FOLDER = join(import.meta.dirname, 'groups');

export type NamedGroup = BenchGroup & { name: string };

/** Every bench there is: a file in `groups` that exports `group`. */
export function findGroups(): Promise<NamedGroup[]> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.ts'));
  return Promise.all(
    files.toSorted().map(async (file) => {
      const { group } = (await import(join(FOLDER, file))) as { group: BenchGroup };
      return { name: file.slice(0, -'.ts'.length), ...group };
    }),
  );
}

/** The quick ones when nothing is asked for, all for `all`. @throws Error with what there is for a name that is none. */
export function chooseGroups(groups: NamedGroup[], wanted: string[]): NamedGroup[] {
  if (wanted.length === 0) return groups.filter(({ isQuick }) => isQuick);
  if (wanted.includes('all')) return groups;
  const unknown = wanted.find((name) => !groups.some((group) => group.name === name));
  if (unknown) {
    const names = groups.map(({ name }) => name).join(', ');
    throw new Error(`There is no bench "${unknown}". There are: all, ${names}.`);
  }
  return groups.filter(({ name }) => wanted.includes(name));
}

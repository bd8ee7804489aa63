import { randomInt } from 'node:crypto';

const ANIMALS =
  'otter heron lynx badger finch marten puffin hare robin beaver swift newt wren stoat plover dolphin gecko raven vole egret moth seal crane toad owl fox';

/** A friendly name such as "Guest otter 412". Not unique. */
export function guestName(): string {
  const animals = ANIMALS.split(' ');
  return `Guest ${animals[randomInt(animals.length)]} ${randomInt(100, 1000)}`;
}

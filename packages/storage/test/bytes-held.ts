import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** How many bytes of buffers are in use now, garbage not counted. */
export function bytesHeld(): number {
  collect();
  return process.memoryUsage().arrayBuffers;
}

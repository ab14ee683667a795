import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const MEGABYTE = 1024 * 1024;

/** What is alive on the heap, in megabytes. */
export function liveHeap(): number {
  collect();
  return process.memoryUsage().heapUsed / MEGABYTE;
}

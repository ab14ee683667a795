import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options?: { type: 'minor' }) => void;

const MEGABYTE = 1024 * 1024;

/** What is alive on the heap, in megabytes. */
export function liveHeap(): number {
  collect();
  return process.memoryUsage().heapUsed / MEGABYTE;
}

/** Has short-lived garbage removed, without what else a whole collection brings: code forgotten, room given back. */
export function collectYoung(): void {
  collect({ type: 'minor' });
}

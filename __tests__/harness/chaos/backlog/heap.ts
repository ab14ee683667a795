import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options?: { type: 'minor' }) => void;

const MEGABYTE = 1024 * 1024;

/** Live objects on the heap, in megabytes. */
export function liveHeap(): number {
  collect();
  return process.memoryUsage().heapUsed / MEGABYTE;
}

/**
 * Has short-lived garbage removed, without the other effects of a whole collection: code forgotten, room given back.
 */
export function collectYoung(): void {
  collect({ type: 'minor' });
}

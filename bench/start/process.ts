import { createRequire } from 'node:module';
import { liveHeap } from '../../__tests__/harness/chaos/backlog/heap';

/** Prints what it takes to load these packages: milliseconds, and megabytes of live heap and of resident memory. */
const load = createRequire(__filename);
const heap = liveHeap();
const resident = process.memoryUsage().rss;
const began = performance.now();
for (const name of process.argv.slice(2)) load(name);
const ms = performance.now() - began;
const megabytes = (process.memoryUsage().rss - resident) / 1_024 / 1_024;
process.stdout.write(JSON.stringify({ ms, heap: liveHeap() - heap, resident: megabytes }));

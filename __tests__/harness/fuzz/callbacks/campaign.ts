import fc from 'fast-check';
import { liveHeap } from '../../chaos/backlog/heap';
import { check, Tally } from './check';
import { letter } from './letters';
import { Target } from './target';

/** The duration, the seed, and the reporter. */
export interface CampaignOptions {
  runs: number;
  seed: number;
  /** Where a failure was found, to see it again. */
  path?: string | undefined;
  /** Called with the live heap, in megabytes, at regular intervals. */
  onHeap?: (runs: number, megabytes: number) => void;
}

/** The result of a campaign. */
export interface CampaignReport {
  tally: Tally;
  seconds: number;
  /** The processor time of this process, which is less on a shared machine. */
  cpuSeconds: number;
  /** Live heap in megabytes, after a full collection, at regular intervals from the first twentieth on. */
  heap: number[];
  /** The finding, shrunk, with seed and path; undefined when nothing was. */
  failure: string | undefined;
}

const SAMPLES = 20;

/** Throws random callbacks at one shop that lives as long as the campaign. */
export async function fuzzCallbacks(options: CampaignOptions): Promise<CampaignReport> {
  const target = await Target.open();
  const tally = new Tally();
  const heap: number[] = [];
  const every = Math.ceil(options.runs / SAMPLES);
  const began = performance.now();
  const worked = process.cpuUsage();
  const property = fc.asyncProperty(letter, async (sent) => {
    await check(target, tally, sent);
    if (options.onHeap && tally.runs % every === 0) {
      heap.push(liveHeap());
      options.onHeap(tally.runs, heap.at(-1) ?? 0);
    }
  });
  const { runs: numRuns, seed, path } = options;
  const details = await fc.check(property, { numRuns, seed, ...(path !== undefined && { path }) });
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(worked);
  const strays = await target.strays();
  await target.shop.close();
  const failure = details.failed
    ? `${String(details.errorInstance)}\n${await fc.asyncDefaultReportMessage(details)}`
    : strays.map((invoice) => `payment ${invoice} is not as it was`).join('\n');
  return { tally, seconds, cpuSeconds: (user + system) / 1e6, heap, failure: failure || undefined };
}

/** Megabytes the heap may differ by: caches and the collector keep some. */
const SLACK = 4;

/** Whether the last quarter of a campaign needs more memory than the first. */
export function grows(heap: readonly number[]): boolean {
  const quarter = Math.ceil(heap.length / 4);
  return median(heap.slice(-quarter)) > median(heap.slice(0, quarter)) + SLACK;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

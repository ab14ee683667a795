import type { CampaignReport } from './campaign';

/** A campaign's outcome as a table for people. */
export function describeCampaign({ tally, seconds, cpuSeconds, heap }: CampaignReport): string {
  const rows: [string, string][] = [
    ['callbacks', String(tally.runs)],
    ['seconds', seconds.toFixed(0)],
    ['CPU seconds', cpuSeconds.toFixed(0)],
    ['callbacks a second', (tally.runs / seconds).toFixed(0)],
    ['live heap, first to last, MB', `${megabytes(heap[0])} to ${megabytes(heap.at(-1))}`],
    ['live heap, highest, MB', megabytes(heap.length > 0 ? Math.max(...heap) : undefined)],
    ...counted('sent', tally.wires),
    ...counted('answered', tally.answers),
    ...counted('became', tally.outcomes),
  ];
  return rows.map(([name, value]) => `  ${name.padEnd(32)}${value}`).join('\n');
}

const megabytes = (value: number | undefined): string => value?.toFixed(1) ?? 'not measured';

const counted = (what: string, counts: Record<string, number>): [string, string][] =>
  Object.entries(counts).map(([name, count]) => [`${what}: ${name}`, String(count)]);

import type { HistoryEntry } from './record';

/** A history keeps its beginning, every change of status, every act of staff, and the latest entries. */
const LIMIT = 100;
const HEAD = 30;

/** A history with one more entry, within its limit. */
export function appendEntry(history: readonly HistoryEntry[], entry: HistoryEntry): HistoryEntry[] {
  const next = [...history, entry];
  while (next.length > LIMIT) {
    const place = next.findIndex((_, index) => isDispensable(next, index));
    if (place === -1) break;
    next.splice(place, 1);
  }
  return next;
}

const isDispensable = (history: readonly HistoryEntry[], index: number): boolean =>
  index >= HEAD &&
  index < history.length - 1 &&
  history[index]?.by === undefined &&
  history[index - 1]?.status === history[index]?.status;

/** Details that say nothing about a person: sums, counts, codes, and numbers that the payment keeps. */
const IMPERSONAL: ReadonlySet<string> = new Set([
  ...['amount', 'attempt', 'call', 'code', 'expected', 'order', 'receipt', 'reference'],
]);

/** An entry without the words of a person, of the gateway or of an error. */
export function withoutWords({ data = {}, ...entry }: HistoryEntry): HistoryEntry {
  const kept = Object.entries(data).filter(([name]) => IMPERSONAL.has(name));
  return kept.length === 0 ? entry : { ...entry, data: Object.fromEntries(kept) };
}

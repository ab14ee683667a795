/** Several rounds of one measure: the middle one, and how far the rounds lie apart. */
export interface Summary {
  median: number;
  low: number;
  high: number;
}

/** The value below which this share of the values lies; NaN when there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[index] ?? NaN;
}

/** Median, least and most. */
export const summarize = (values: readonly number[]): Summary => ({
  median: middle(values),
  low: Math.min(...values),
  high: Math.max(...values),
});

/** The value in the middle, or between the two that are there. */
function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? NaN) + (sorted[Math.floor(half)] ?? NaN)) / 2;
}

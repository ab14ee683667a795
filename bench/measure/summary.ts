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
  median: quantile(values, 0.5),
  low: Math.min(...values),
  high: Math.max(...values),
});

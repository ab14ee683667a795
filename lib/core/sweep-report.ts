/** The counts of a sweep. */
export interface SweepReport {
  /** Payments that were due. */
  due: number;
  /** Payments that became paid. */
  paid: number;
  /** Payments that became failed. */
  failed: number;
  /** Payments that went into review. */
  review: number;
  /** Hooks that returned, or turned out not to be called. */
  hooks: number;
  /** Payments that still wait for an answer, or for a hook that returns. */
  waiting: number;
  /** How long it took, in milliseconds. */
  ms: number;
}

/** A hook's second argument. */
export interface HookContext<Tx = never> {
  /**
   * Runs `work` in a transaction of the payment store that also marks this outcome as applied: both commit or neither
   * does. Resolves with true when it has run, and with false, running nothing, when this outcome was applied before. At
   * most once a hook; only `tx` may be used inside `work`.
   *
   * @throws AtipayError `ERR_ATIPAY_TRANSACTION` when the store has no transactions, when called twice or after the
   * hook is over, and when another process has taken the hook over. Its errors count as thrown by the hook, even if the
   * hook caught it.
   */
  readonly transaction: (work: (tx: Tx) => unknown) => Promise<boolean>;
  /** Which call of the hook for this outcome this is, from 1. */
  readonly attempt: number;
}

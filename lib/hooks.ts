import { AtipayError } from './errors';
import { withFields, type PaymentRecord } from './payment';
import type { PaymentStore } from './stores/store';

/** What a hook gets beside the payment. */
export interface HookContext<Tx = never> {
  /**
   * Runs `work` in a transaction of the payment store that also marks this outcome as applied: both commit or neither
   * does. Resolves with true when it has run, and with false, running nothing, when this outcome was applied before. At
   * most once a hook; only `tx` may be used inside `work`.
   *
   * @throws AtipayError `ERR_ATIPAY_TRANSACTION` when the store has no transactions, when called twice or after the
   * hook is over, and when another process has taken the hook over meanwhile. Whatever it throws counts as thrown by the
   * hook, even if the hook caught it.
   */
  readonly transaction: (work: (tx: Tx) => unknown) => Promise<boolean>;
  /** Which call of the hook for this outcome this is, from 1. */
  readonly attempt: number;
}

/** What became of one call: the record as stored now, and what was thrown if anything was. */
export type HookOutcome =
  { kind: 'returned'; record: PaymentRecord } | { kind: 'threw'; record: PaymentRecord; error: unknown };

/** What a call needs. */
export interface HookCall {
  store: PaymentStore<unknown>;
  /** The payment that owes the hook, this attempt already counted. */
  record: PaymentRecord;
  hook: (context: HookContext<unknown>) => unknown;
  /** Milliseconds after which the hook counts as thrown. */
  timeoutMs: number;
  now: () => number;
  /** Asked when the hook opens its transaction, which may be long after it was called. */
  stillOwed: () => Promise<boolean>;
}

/** How long after the hook's own time a transaction may take to roll back. */
const ROLLBACK_MS = 10_000;

/** Calls a hook once: waits for it and for its transaction, each bounded in time. Never throws. */
export async function callHook(call: HookCall): Promise<HookOutcome> {
  const deadline = new Deadline(call.timeoutMs);
  const transaction = new HookTransaction(call, deadline);
  let outcome: { error: unknown } | undefined;
  try {
    const context: HookContext<unknown> = {
      transaction: (work) => transaction.run(work),
      attempt: call.record.hookAttempts,
    };
    await deadline.race(Promise.resolve(call.hook(context)));
  } catch (error) {
    outcome = { error };
  }
  outcome = (await transaction.end()) ?? outcome;
  deadline.clear();
  return outcome
    ? { kind: 'threw', record: transaction.record, error: outcome.error }
    : { kind: 'returned', record: transaction.record };
}

/** One point in time that everything a hook does is held to. */
class Deadline {
  readonly #expired: Promise<never>;
  readonly #timer: NodeJS.Timeout;

  constructor(ms: number) {
    const { promise, reject } = withRejecter();
    this.#expired = promise;
    this.#expired.catch(() => undefined);
    const expire = (): void =>
      reject(new AtipayError('ERR_ATIPAY_HOOK_TIMEOUT', `The hook did not return within ${ms} ms.`));
    this.#timer = setTimeout(expire, ms);
  }

  race<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#expired]);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}

function withRejecter(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_resolve, rejecter) => (reject = rejecter));
  return { promise, reject };
}

/** The one transaction a hook may open: the applied mark and the shop's work, together or not at all. */
class HookTransaction {
  record: PaymentRecord;
  #running: Promise<boolean> | undefined;
  #misuse: AtipayError | undefined;
  #over = false;

  constructor(
    private readonly call: HookCall,
    private readonly deadline: Deadline,
  ) {
    this.record = call.record;
  }

  run(work: (tx: unknown) => unknown): Promise<boolean> {
    const { store } = this.call;
    if (this.#over) return this.#refuse('was called after the hook was over');
    if (this.#running) return this.#refuse('was called twice by one hook');
    if (!hasTransactions(store)) {
      return this.#refuse(
        'is not there: this payment store has no transactions. Use KnexPaymentStore, or make the hook idempotent',
      );
    }
    this.#running = this.record.appliedAt === null ? this.#apply(store, work) : Promise.resolve(false);
    // The hook may forget it; whoever forgets it must not crash the process.
    this.#running.catch(() => undefined);
    return this.#running;
  }

  /** Waits for the transaction, whether or not the hook did. Tells what it threw. */
  async end(): Promise<{ error: unknown } | undefined> {
    this.#over = true;
    try {
      if (this.#running) await this.#inTime(this.#running);
      return this.#misuse && { error: this.#misuse };
    } catch (error) {
      return { error };
    }
  }

  /** Counts as thrown by the hook, even if it catches it. */
  #refuse(what: string): Promise<never> {
    this.#misuse = problem(what);
    return Promise.reject(this.#misuse);
  }

  async #apply(store: TransactionalStore, work: (tx: unknown) => unknown): Promise<boolean> {
    const { now, stillOwed } = this.call;
    if (!(await stillOwed())) throw problem('came too late: another payment has the order by now');
    this.record = await store.transaction(async (tx) => {
      // First in the transaction: it holds the row, so that nobody else applies this outcome meanwhile.
      const stored = await store.update(withFields(this.record, { appliedAt: now() }), tx, this.record);
      if (!stored) throw problem('has lost the payment to another process, which calls the hook itself');
      // A transaction must not outlive its hook: it would hold the row for ever.
      await this.deadline.race(Promise.resolve(work(tx)));
      return stored;
    });
    return true;
  }

  #inTime(running: Promise<boolean>): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(problem('did not end in time')),
        this.call.timeoutMs + ROLLBACK_MS,
      );
      running.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}

type TransactionalStore = PaymentStore<unknown> & Required<Pick<PaymentStore<unknown>, 'transaction'>>;

const hasTransactions = (store: PaymentStore<unknown>): store is TransactionalStore =>
  typeof store.transaction === 'function';

const problem = (what: string): AtipayError =>
  new AtipayError('ERR_ATIPAY_TRANSACTION', `context.transaction ${what}.`);

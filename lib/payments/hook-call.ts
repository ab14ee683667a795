import type { PaymentRecord } from '../core/record';
import { AtipayError } from '../errors';
import type { PaymentStore } from '../stores/store';
import type { HookContext } from '../hook-context';
import type { Context } from './context';
import { Deadline } from './deadline';
import { orderIsAlive } from './order-facts';
import { run } from './run';

/** How one call ended. */
export type HookOutcome = {
  /** As stored now: with the applied mark if the hook's transaction committed. */
  record: PaymentRecord;
} & (
  | {
      kind: 'returned';
      error?: undefined;
      /** Its transaction committed. */
      applied: boolean;
    }
  | { kind: 'threw'; error: unknown }
);

/** Calls a hook once: waits for it and for its transaction, both bounded in time. Never throws. */
export async function callHook(
  context: Context,
  record: PaymentRecord,
  hook: (context: HookContext<unknown>) => unknown,
): Promise<HookOutcome> {
  const { hookTimeoutMs, transactionEndMs } = context.policy;
  const hookDeadline = new Deadline(hookTimeoutMs, () => timeoutError(hookTimeoutMs));
  const endDeadline = new Deadline(hookTimeoutMs + transactionEndMs, () => problem('did not end in time'));
  const transaction = new HookTransaction(context, record, hookDeadline);
  let outcome: { error: unknown } | undefined;
  try {
    const hookContext: HookContext<unknown> = {
      transaction: (work) => transaction.run(work),
      attempt: record.hookAttempts,
    };
    await hookDeadline.race(Promise.resolve(hook(hookContext)));
  } catch (error) {
    outcome = { error };
  }
  outcome = (await transaction.end(endDeadline)) ?? outcome;
  hookDeadline.clear();
  endDeadline.clear();
  const { applied, record: stored } = transaction;
  return outcome
    ? { kind: 'threw', record: stored, error: outcome.error }
    : { kind: 'returned', record: stored, applied };
}

/** The one transaction a hook may open: the applied mark and the shop's work, together or not at all. */
class HookTransaction {
  applied = false;
  #running: Promise<boolean> | undefined;
  #misuse: AtipayError | undefined;
  #over = false;

  constructor(
    private readonly context: Context,
    public record: PaymentRecord,
    private readonly deadline: Deadline,
  ) {}

  run(work: (tx: unknown) => unknown): Promise<boolean> {
    const { store } = this.context;
    if (this.#over) return this.#refuse('was called after the hook was over');
    if (this.#running) return this.#refuse('was called twice by one hook: put both writes into one');
    if (!hasTransactions(store)) {
      return this.#refuse(
        'is not there: this payment store has no transactions. Use a store on a database, or make the hook idempotent',
      );
    }
    this.#running = this.record.hookAppliedAt === null ? this.#apply(store, work) : Promise.resolve(false);
    // A hook that does not await it must not crash the process.
    this.#running.catch(() => undefined);
    return this.#running;
  }

  /** Waits for the transaction, whether or not the hook did, and returns its error. */
  async end(deadline: Deadline): Promise<{ error: unknown } | undefined> {
    this.#over = true;
    try {
      await deadline.race(Promise.resolve(this.#running));
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
    this.record = await store.transaction(async (tx) => {
      // First in the transaction: it holds the row, so that no other call applies this outcome.
      const mark = await this.#mark(tx);
      // A transaction must not outlive its hook: it would hold the row.
      await this.deadline.race(Promise.resolve(work(tx)));
      await this.#check(mark, tx);
      return mark;
    });
    this.applied = true;
    return true;
  }

  async #mark(tx: unknown): Promise<PaymentRecord> {
    const { changed, record } = await run(
      this.context,
      this.record,
      { on: 'hookApplied', held: this.record },
      { tx },
    );
    if (changed) return record;
    throw problem('has lost the payment to another process, which calls the hook itself');
  }

  /** The last statement before the commit: another payment may have taken the order meanwhile. */
  async #check(mark: PaymentRecord, tx: unknown): Promise<void> {
    if (mark.status === 'failed' && (await orderIsAlive(this.context, mark, tx))) {
      throw problem('came too late: another payment has the order by now');
    }
  }
}

type TransactionalStore = PaymentStore<unknown> & Required<Pick<PaymentStore<unknown>, 'transaction'>>;

const hasTransactions = (store: PaymentStore<unknown>): store is TransactionalStore =>
  typeof store.transaction === 'function';

const timeoutError = (ms: number): AtipayError =>
  new AtipayError('ERR_ATIPAY_HOOK_TIMEOUT', `The hook did not return within ${ms} ms.`);

const problem = (what: string): AtipayError =>
  new AtipayError('ERR_ATIPAY_TRANSACTION', `context.transaction ${what}.`);

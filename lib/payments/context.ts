import type { AtipayClient } from '../gateway/client';
import type { Settings } from '../config';
import type { Reporter } from '../events';
import type { Payment, PaymentRecord } from '../payment';
import { toPayment } from '../payment-view';
import type { PaymentStore } from '../stores/store';

/** What it takes to change a record: less than a shop has, so that an operator's command can do it too. */
export interface ChangeContext {
  settings: Pick<Settings, 'account' | 'locale' | 'now' | 'onReview'>;
  store: PaymentStore<unknown>;
  reporter: Reporter;
}

/** What the verbs of a payment work with. */
export interface Context extends ChangeContext {
  settings: Settings;
  client: AtipayClient;
  /** Work that goes on after its caller was answered; `close()` waits for it. */
  tasks: Tasks;
}

/** Promises under way. */
export class Tasks {
  readonly #running = new Set<Promise<unknown>>();

  track<T>(work: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = work
      .catch(() => undefined)
      .finally(() => this.#running.delete(settled));
    this.#running.add(settled);
    return work;
  }

  /** Resolves when nothing is under way, or after so many milliseconds. */
  async idle(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<'timeout'>((resolve) => (timer = setTimeout(resolve, timeoutMs, 'timeout')));
    while (this.#running.size > 0) {
      if ((await Promise.race([Promise.all(this.#running), timeout])) === 'timeout') break;
    }
    clearTimeout(timer);
  }
}

/** A lease that no callback and no hook outlives: 15 s for verify, then the hook, then room. */
export const leaseMs = (context: Context): number =>
  Math.max(120_000, context.settings.hookTimeoutMs + 60_000);

/** A record as this router's shop may see it. */
export const publicly = (context: ChangeContext, record: PaymentRecord): Payment =>
  toPayment(record, context.settings.locale);

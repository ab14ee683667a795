import { setImmediate } from 'node:timers/promises';
import type { PaymentStore } from 'express-atipay';
import { delegate } from '../../chaos/shop/delegate';

/** When a store call throws: the how manyth, before or after it took effect, and whether the process dies of it. */
export interface Fuse {
  calls: number;
  after: boolean;
  deadly: boolean;
}

/** Whether a process lives, and how fast it gets on. */
export class Life {
  dead = false;
  /** Turns of the event loop that coming store calls wait for, one number a call. */
  turns: number[] = [];
  /** Whether a store call has thrown since it was last asked to. */
  stumbled = false;
  #fuse: Fuse | undefined;

  light(fuse: Fuse | undefined): void {
    this.#fuse = fuse && { ...fuse };
    this.stumbled = false;
  }

  async pass<T>(call: () => Promise<T>): Promise<T> {
    for (let left = this.turns.shift() ?? 0; left > 0; left -= 1) await setImmediate();
    this.#burn(false);
    const value = await call();
    this.#burn(true);
    return value;
  }

  #burn(after: boolean): void {
    if (this.dead) throw new Error('this process is gone');
    if (this.#fuse?.after !== after) return;
    this.#fuse.calls -= 1;
    if (this.#fuse.calls > 0) return;
    this.dead = this.#fuse.deadly;
    this.stumbled = true;
    this.#fuse = undefined;
    throw new Error('the store could not be reached');
  }
}

/** A store as one process reaches it: slowly, or no longer. */
export function reachedBy<Tx>(life: Life, inner: PaymentStore<Tx>): PaymentStore<Tx> {
  return delegate(inner, {
    insert: (record) => life.pass(() => inner.insert(record)),
    find: (invoiceNumber, tx) => life.pass(() => inner.find(invoiceNumber, tx)),
    findByOrder: (account, orderId, query) => life.pass(() => inner.findByOrder(account, orderId, query)),
    update: (next, read, options) => life.pass(() => inner.update(next, read, options)),
    due: (query) => life.pass(() => inner.due(query)),
    transaction: (work) =>
      life.pass(() => {
        if (!inner.transaction) throw new Error('The store has no transactions.');
        return inner.transaction(work);
      }),
  });
}

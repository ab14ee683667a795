import type { Knex } from 'knex';
import type { PaymentStore } from 'express-atipay';

export type Store = PaymentStore<Knex.Transaction>;

/** A store that does what another one does, but for some of its methods. */
export function delegate(inner: Store, own: Partial<Store>): Store {
  return {
    insert: (record) => inner.insert(record),
    find: (invoiceNumber) => inner.find(invoiceNumber),
    findByOrder: (account, orderId) => inner.findByOrder(account, orderId),
    update: (record, tx, from) => inner.update(record, tx, from),
    due: (account, now, limit) => inner.due(account, now, limit),
    inReview: (account, limit) => inner.inReview(account, limit),
    transaction: (work) => {
      if (!inner.transaction) throw new Error('The store has no transactions.');
      return inner.transaction(work);
    },
    ...own,
  };
}

import type { Knex } from 'knex';
import type { PaymentStore } from 'express-atipay';

export type Store = PaymentStore<Knex.Transaction>;

/** A store that does what another one does, but for some of its methods. */
export function delegate<Tx>(inner: PaymentStore<Tx>, own: Partial<PaymentStore<Tx>>): PaymentStore<Tx> {
  return {
    insert: (record) => inner.insert(record),
    find: (invoiceNumber) => inner.find(invoiceNumber),
    findByOrder: (account, orderId) => inner.findByOrder(account, orderId),
    update: (record, tx, from) => inner.update(record, tx, from),
    due: (account, now, limit) => inner.due(account, now, limit),
    inReview: (account, limit) => inner.inReview(account, limit),
    ...(inner.transaction && { transaction: inner.transaction.bind(inner) }),
    ...own,
  };
}

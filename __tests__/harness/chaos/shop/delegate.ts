import type { PaymentStore } from 'express-atipay';

/** A store that passes on to another one, except for some methods. */
export function delegate<Tx>(inner: PaymentStore<Tx>, own: Partial<PaymentStore<Tx>>): PaymentStore<Tx> {
  return {
    insert: (record) => inner.insert(record),
    find: (invoiceNumber, tx) => inner.find(invoiceNumber, tx),
    findByOrder: (account, orderId, query) => inner.findByOrder(account, orderId, query),
    update: (next, read, options) => inner.update(next, read, options),
    due: (query) => inner.due(query),
    inReview: (account, limit) => inner.inReview(account, limit),
    ...(inner.transaction && { transaction: inner.transaction.bind(inner) }),
    ...(inner.isTransient && { isTransient: inner.isTransient.bind(inner) }),
    ...own,
  };
}

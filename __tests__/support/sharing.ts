import type { PaymentStore } from 'express-atipay';

/** The same rows behind another store object, as in another process; some methods may be the test's. */
export function sharing(rows: PaymentStore, own: Partial<PaymentStore> = {}): PaymentStore {
  return {
    insert: (record) => rows.insert(record),
    find: (invoiceNumber) => rows.find(invoiceNumber),
    findByOrder: (account, orderId, query) => rows.findByOrder(account, orderId, query),
    update: (next, read, options) => rows.update(next, read, options),
    due: (query) => rows.due(query),
    inReview: (account, limit) => rows.inReview(account, limit),
    ...own,
  };
}

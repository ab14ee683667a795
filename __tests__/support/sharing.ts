import type { PaymentStore } from 'express-atipay';

/** The same rows behind a store object of its own, as another process has it; some methods may be the test's. */
export function sharing(rows: PaymentStore, own: Partial<PaymentStore> = {}): PaymentStore {
  return {
    insert: (record) => rows.insert(record),
    find: (invoiceNumber) => rows.find(invoiceNumber),
    findByOrder: (account, orderId) => rows.findByOrder(account, orderId),
    update: (record) => rows.update(record),
    due: (account, now, limit) => rows.due(account, now, limit),
    inReview: (account, limit) => rows.inReview(account, limit),
    ...own,
  };
}

import type { PaymentRecord } from '../../core/record';
import type { OrderQuery } from '../store';
import { CHANGES, full } from './fields';
import { NOW, sameList, type ContractGroup } from './scene';

/** The queries of the sweep, the order page and the review list. */
export const queries: ContractGroup = {
  'due: gives what is due at this moment or before, and nothing that is due later or never': async (
    scene,
  ) => {
    const before = await scene.given({ dueAt: NOW - 1 });
    const sharp = await scene.given({ dueAt: NOW });
    await scene.given({ dueAt: NOW + 1 });
    await scene.given({ dueAt: null });
    sameList(await scene.due(), [before, sharp]);
    sameList(await scene.due(NOW - 2), []);
  },

  'due: gives the longest overdue first, and of two at one moment the lower invoice number': async (
    scene,
  ) => {
    const records = sweepOrder(await scene.givenMany(12, (index) => ({ dueAt: NOW - (index % 4) * 10 })));
    sameList(await scene.due(NOW, { limit: 100 }), records);
  },

  'due: orders moments as numbers, not as text': async (scene) => {
    const late = await scene.given({ dueAt: 10_000 });
    const early = await scene.given({ dueAt: 9_999 });
    const first = await scene.given({ dueAt: 0 });
    sameList(await scene.due(10_000), [first, early, late]);
  },

  'due: gives at most as many as asked for, the first of them': async (scene) => {
    const records = (await scene.givenMany(7, (index) => ({ dueAt: NOW - index }))).reverse();
    for (const limit of [1, 3, 7, 8]) {
      sameList(await scene.due(NOW, { limit: limit }), records.slice(0, limit));
    }
  },

  'due: gives records of every status, whole': async (scene) => {
    const statuses = ['created', 'pending', 'received', 'verifying', 'paid', 'failed', 'review'] as const;
    const records: PaymentRecord[] = [];
    for (const [index, status] of statuses.entries()) {
      const keys = { receiptKey: scene.receipt(`${index}`), orderKey: `order ${index}` };
      records.push(await scene.given(full(scene, { ...keys, status, dueAt: NOW + index })));
    }
    sameList(await scene.due(NOW + 10), records);
  },

  'due: gives nothing of another account': async (scene) => {
    const account = `${scene.account} 2`;
    const [mine, other] = [await scene.given({ dueAt: 1 }), await scene.given({ dueAt: 2, account })];
    sameList(await scene.due(), [mine]);
    sameList(await scene.due(NOW, { account }), [other]);
    sameList(await scene.due(NOW, { account: `${scene.account} 3` }), []);
  },

  'due: gives the statuses and origins asked for, and no others': async (scene) => {
    const [here, there] = ['https://shop.example', 'https://staging.shop.example'];
    const verifying = await scene.given({ status: 'verifying', dueAt: 3 });
    const pending = await scene.given({ dueAt: 2 });
    const elsewhere = await scene.given({ dueAt: 1, origin: there });
    sameList(await scene.due(), [pending, verifying]);
    sameList(await scene.due(NOW, { statuses: ['verifying'] }), [verifying]);
    sameList(await scene.due(NOW, { origins: [there] }), [elsewhere]);
    sameList(await scene.due(NOW, { origins: [here, there], limit: 2 }), [elsewhere, pending]);
    sameList(await scene.due(NOW, { origins: [] }), []);
    sameList(await scene.due(NOW, { statuses: [] }), []);
  },

  'due: follows every update of a row': async (scene) => {
    let record = await scene.given({ dueAt: null });
    for (const [dueAt, shows] of [
      [NOW, true],
      [NOW + 1, false],
      [NOW - 5, true],
      [null, false],
    ] as const) {
      record = await scene.change(record, { dueAt });
      sameList(await scene.due(), shows ? [record] : []);
    }
  },

  'inReview: gives the records in review and no others, oldest first, at most as many as asked for': async (
    scene,
  ) => {
    const records = await scene.givenMany(6, (index) => ({
      status: 'review',
      createdAt: NOW - (index % 3) * 10,
      dueAt: index % 2 === 0 ? null : index,
    }));
    for (const status of ['created', 'pending', 'received', 'verifying', 'paid', 'failed'] as const) {
      await scene.given({ status, createdAt: NOW - 1_000 });
    }
    await scene.given({ status: 'review', account: `${scene.account} 2`, createdAt: NOW - 1_000 });
    const oldestFirst = records.sort((a, b) => a.createdAt - b.createdAt || byInvoice(a, b));
    sameList(await scene.store.inReview(scene.account, 10), oldestFirst);
    sameList(await scene.store.inReview(scene.account, 4), oldestFirst.slice(0, 4));
  },

  'inReview: follows every update of a row, and gives it whole': async (scene) => {
    const record = await scene.given(full(scene, { status: 'verifying' }));
    sameList(await scene.store.inReview(scene.account, 10), []);
    const review = await scene.change(record, { ...CHANGES, receiptKey: record.receiptKey });
    sameList(await scene.store.inReview(scene.account, 10), [review]);
    await scene.change(review, { status: 'paid' });
    sameList(await scene.store.inReview(scene.account, 10), []);
  },

  'findByOrder: gives every attempt at the order, newest first': async (scene) => {
    const orderId = 'سفارش/1';
    const records = await scene.givenMany(9, (index) => ({ orderId, createdAt: NOW + (index % 3) * 10 }));
    await scene.given();
    await scene.given({ orderId, account: `${scene.account} 2` });
    const newestFirst = records.sort((a, b) => b.createdAt - a.createdAt || byInvoice(b, a));
    sameList(await scene.store.findByOrder(scene.account, orderId), newestFirst);
  },

  'findByOrder: gives whole records as updated, whether they hold the order or not': async (scene) => {
    const orderId = 'order';
    const failed = await scene.given({ orderId, status: 'failed' });
    const held = await scene.given(full(scene, { orderId, orderKey: orderId }));
    const changed = await scene.change(held, { status: 'paid', verifyAttempts: 9 });
    sameList(await scene.store.findByOrder(scene.account, orderId), [changed, failed]);
  },

  'findByOrder: gives at most as many as asked for, the newest, of the statuses asked for': async (scene) => {
    const orderId = 'order';
    const failed = await scene.givenMany(30, (index) => ({
      orderId,
      status: 'failed',
      createdAt: NOW + index,
    }));
    const paid = await scene.given({ orderId, status: 'paid', createdAt: NOW - 1 });
    const pending = await scene.given({ orderId, createdAt: NOW - 2 });
    const ask = (query: OrderQuery): Promise<PaymentRecord[]> =>
      scene.store.findByOrder(scene.account, orderId, query);
    sameList(await ask({ limit: 3 }), failed.slice(-3).reverse());
    sameList(await ask({ statuses: ['verifying', 'paid', 'review'], limit: 1 }), [paid]);
    sameList(await ask({ statuses: ['created', 'pending', 'paid'] }), [paid, pending]);
    sameList(await ask({ statuses: ['created', 'pending', 'paid'], limit: 1 }), [paid]);
    sameList(await ask({ statuses: [] }), []);
  },

  'reads what has just been written': async (scene) => {
    let record = await scene.given({ dueAt: 1 });
    for (let round = 0; round < 50; round++) {
      record = await scene.change(record, { verifyAttempts: round });
      await scene.holds(record);
      sameList(await scene.due(), [record]);
      sameList(await scene.store.findByOrder(scene.account, record.orderId, { limit: 1 }), [record]);
    }
  },

  'findByOrder: gives an empty list for an order without payments': async (scene) => {
    const record = await scene.given();
    for (const unknown of ['', 'nobody', '%', record.invoiceNumber]) {
      sameList(await scene.store.findByOrder(scene.account, unknown), []);
    }
  },
};

const byInvoice = (a: PaymentRecord, b: PaymentRecord): number =>
  a.invoiceNumber < b.invoiceNumber ? -1 : 1;

/** As a sweep must meet them. */
export function sweepOrder(records: PaymentRecord[]): PaymentRecord[] {
  return [...records].sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0) || byInvoice(a, b));
}

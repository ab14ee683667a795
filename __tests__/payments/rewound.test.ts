import { MemoryPaymentStore, UniqueViolation, type PaymentRecord } from 'express-atipay';
import { transactional } from '../support/context';
import { eventsOf } from '../support/history';
import { openShop } from '../support/opened';
import { sharing } from '../support/sharing';
import { anOrder, HOUR, type Shop } from '../support/shop';
import { until } from '../support/until';

// A row that goes back in time: an asynchronous failover or a restored backup loses the latest writes.

const RIGHT = { body: { amount: 25_000 } };

/** Puts a payment's row back to an earlier state. */
async function rewind(shop: Shop, to: PaymentRecord, changes: Partial<PaymentRecord> = {}): Promise<void> {
  await shop.store.update({ ...to, ...changes }, await shop.record(to.invoiceNumber));
}

/** The buyer is back, and something happens to the row while verify-payment confirms the amount. */
async function backWhile(
  shop: Shop,
  meanwhile: (pending: PaymentRecord) => Promise<unknown>,
  started?: PaymentRecord,
): Promise<{ record: PaymentRecord; receipt: string }> {
  const record = started ?? (await shop.started());
  const receipt = shop.gateway.receipt(record.invoiceNumber);
  shop.gateway.replies['verify-payment'].push(async () => {
    await meanwhile(record);
    return RIGHT;
  });
  await shop.comesBack(record, { referenceNumber: receipt });
  return { record: await shop.record(record.invoiceNumber), receipt };
}

const errors = (shop: Shop): string[] =>
  shop.logs.filter(({ level }) => level === 'error').map(({ message }) => message);

test.each<[string, Partial<PaymentRecord>]>([
  ['pending', {}],
  ['created', { status: 'created', token: null }],
])(
  'an equal amount makes a row that went back to %s paid: receipt, order and attempts are stored',
  async (_what, changes) => {
    const shop = await openShop();
    const { record, receipt } = await backWhile(shop, (pending) => rewind(shop, pending, changes));
    expect(record).toMatchObject({
      status: 'paid',
      referenceNumber: receipt,
      receiptKey: receipt.toLowerCase(),
      orderKey: record.orderId,
      verifyAttempts: 1,
      rrn: '123456789012',
      hookDeliveredAt: shop.now,
    });
    expect(shop.hooks.map(({ hook }) => hook)).toEqual(['onSuccess']);
  },
);

/** A store whose rows are gone from a moment on, and what an insert does by then. */
function vanishing(insert: (rows: MemoryPaymentStore, record: PaymentRecord) => Promise<void>) {
  const rows = new MemoryPaymentStore({ quiet: true });
  const state = { gone: false };
  const store = sharing(rows, {
    insert: (record) => (state.gone ? insert(rows, record) : rows.insert(record)),
    find: (invoiceNumber) => (state.gone ? Promise.resolve(undefined) : rows.find(invoiceNumber)),
    update: (next, read) => (state.gone ? Promise.resolve(false) : rows.update(next, read)),
  });
  return { state, store };
}

/** The same, and the records that were written again. */
function inserting() {
  const written: PaymentRecord[] = [];
  const { state, store } = vanishing(async (rows, record) => {
    state.gone = false;
    written.push(record);
    const read = await rows.find(record.invoiceNumber);
    if (read) await rows.update(record, read);
  });
  return { state, store, written };
}

test('a row that has gone is inserted again, paid, and reported', async () => {
  const { state, store, written } = inserting();
  const shop = await openShop({ store });
  const { record } = await backWhile(shop, () => Promise.resolve((state.gone = true)));
  expect(written).toMatchObject([{ invoiceNumber: record.invoiceNumber, status: 'verifying' }]);
  expect(record).toMatchObject({ status: 'paid', hookDeliveredAt: shop.now });
  expect(errors(shop)).toEqual([
    'The row of a confirmed payment was gone from the store; it is written again.',
  ]);
});

test('a paid row that goes while its hook runs is written again, and its hook called again', async () => {
  const { state, store, written } = inserting();
  let calls = 0;
  const shop = await openShop({ store, onSuccess: () => void (state.gone = (calls += 1) === 1) });
  const record = await shop.started();
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect(written).toMatchObject([{ status: 'paid', hookDeliveredAt: null }]);
  await shop.sweepAfter(HOUR);
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'paid', nextHookAt: null });
});

test('a row that another process has written again first is paid', async () => {
  const { state, store } = vanishing(() => {
    state.gone = false;
    return Promise.reject(new UniqueViolation());
  });
  const shop = await openShop({ store });
  const { record } = await backWhile(shop, () => Promise.resolve((state.gone = true)));
  expect(record).toMatchObject({ status: 'paid', hookDeliveredAt: shop.now });
  expect(errors(shop)).toEqual([]);
});

test('a row that has gone while no answer came is not written again: no money is known of', async () => {
  const { state, store, written } = inserting();
  const shop = await openShop({ store });
  const record = await shop.started();
  shop.gateway.replies['verify-payment'].push('reset', 'reset', () => {
    state.gone = true;
    return Promise.resolve('reset');
  });
  const { status } = await shop.comesBack(record, {
    referenceNumber: shop.gateway.receipt(record.invoiceNumber),
  });
  expect(status).toBe(303);
  expect(written).toEqual([]);
  expect(errors(shop)).toEqual(['A payment could not be finished; the sweep goes on.']);
});

test.each([
  [
    'whose receipt another payment has by now is reported as lost',
    new UniqueViolation(),
    'AtiPay confirmed money for a payment that is decided otherwise: fulfil the order or give the money back.',
  ],
  [
    'and cannot be written again is left to the sweep',
    new Error('disk is full'),
    'A payment could not be finished; the sweep goes on.',
  ],
])('a row that has gone %s', async (_what, error, line) => {
  const { state, store } = vanishing(() => Promise.reject(error));
  const shop = await openShop({ store });
  const record = await shop.started();
  shop.gateway.replies['verify-payment'].push(() => {
    state.gone = true;
    return Promise.resolve(RIGHT);
  });
  const { status } = await shop.comesBack(record, {
    referenceNumber: shop.gateway.receipt(record.invoiceNumber),
  });
  expect(status).toBe(303);
  expect(errors(shop)).toEqual([line]);
  expect(shop.hooks).toEqual([]);
});

test('an equal amount for a row that has failed meanwhile is an error and late: it stays failed', async () => {
  const shop = await openShop();
  const { record, receipt } = await backWhile(shop, async (pending) => {
    await rewind(shop, pending);
    await shop.comesBack(pending, { state: 'Failed', status: '3' });
  });
  expect(record).toMatchObject({ status: 'failed', failureReason: 'Failed' });
  expect(errors(shop)).toEqual([
    'AtiPay confirmed money for a payment that is decided otherwise: fulfil the order or give the money back.',
  ]);
  expect(shop.told('late')).toMatchObject([{ referenceNumber: receipt }]);
});

test('money of another amount for a row that has failed meanwhile is reported with that amount, once', async () => {
  const shop = await openShop();
  const record = await shop.started();
  shop.gateway.replies['verify-payment'].push(async () => {
    await rewind(shop, record);
    await shop.comesBack(record, { state: 'Failed', status: '3' });
    return { body: { amount: 7 } };
  });
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect(shop.logs.filter(({ level }) => level !== 'info')).toMatchObject([
    { level: 'error', fields: { amount: 7, invoiceNumber: record.invoiceNumber } },
  ]);
});

test('an equal amount for a row whose order another payment has taken is an error and late', async () => {
  const shop = await openShop();
  const order = anOrder();
  const [one, two] = [await shop.started(order), await shop.started(order)];
  const { record, receipt } = await backWhile(
    shop,
    async (pending) => {
      await rewind(shop, pending);
      await shop.comesBack(two, { referenceNumber: shop.gateway.receipt(two.invoiceNumber) });
    },
    one,
  );
  expect((await shop.record(two.invoiceNumber)).status).toBe('paid');
  expect(record.status).not.toBe('paid');
  expect(errors(shop)).toHaveLength(1);
  expect(shop.told('late')).toMatchObject([{ referenceNumber: receipt }]);
  expect(shop.hooks.map(({ hook }) => hook)).toEqual(['onSuccess']);
});

test('a refusal counts the attempts that the row has lost: with one unanswered it is a review', async () => {
  const shop = await openShop();
  const record = await shop.started();
  shop.gateway.replies['verify-payment'].push('reset', async () => {
    await rewind(shop, record);
    return { body: { errorCode: '-2' } };
  });
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect(await shop.record(record.invoiceNumber)).toMatchObject({
    status: 'review',
    failureReason: 'VerificationUnclear',
    verifyAttempts: 2,
  });
});

test('a payment that was seen paid is paid again, and its hook called again', async () => {
  const attempts: number[] = [];
  const shop: Shop = await openShop({
    onSuccess: async ({ invoiceNumber }, { attempt }) => {
      attempts.push(attempt);
      const read = await shop.record(invoiceNumber);
      if (attempts.length === 1) await rewind(shop, read, LOST_PAID);
    },
  });
  const record = await shop.started();
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  await until(() => attempts.length > 0);
  await shop.sweepAfter(HOUR);
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'paid', dueAt: null });
  expect((await shop.record(record.invoiceNumber)).hookDeliveredAt).not.toBeNull();
  expect(attempts.length).toBeGreaterThan(1);
});

/** Earlier states of a paid payment's row. */
const LOST_PAID = {
  status: 'verifying',
  verifiedAt: null,
  hookAttempts: 0,
  nextHookAt: null,
  hookDeliveredAt: null,
  // An earlier version, as everything else of the row.
  version: 5,
} as const;

test('a hook whose applied mark is lost is not delivered: it is called again', async () => {
  const work: number[] = [];
  const shop: Shop = (await openShop<unknown>({
    store: transactional(new MemoryPaymentStore({ quiet: true })),
    onSuccess: async ({ invoiceNumber }, { transaction, attempt }) => {
      await transaction(() => work.push(attempt));
      const read = await shop.record(invoiceNumber);
      // The database loses the hook's commit.
      if (attempt === 1) await shop.store.update({ ...read, hookAppliedAt: null, version: 5 }, read);
    },
  })) as never;
  const record = await shop.started();
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ hookDeliveredAt: null });
  await shop.sweepAfter(HOUR);
  expect(work).toEqual([1, 2]);
  expect(eventsOf(await shop.atipay.history(record.invoiceNumber)).slice(-2)).toEqual([
    'hookUndone',
    'hookDelivered',
  ]);
});

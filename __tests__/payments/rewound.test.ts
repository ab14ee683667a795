import { MemoryPaymentStore, type PaymentRecord } from 'express-atipay';
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

test('a row that has gone is inserted again, paid, and reported', async () => {
  const rows = new MemoryPaymentStore({ quiet: true });
  let gone = false;
  const inserted: PaymentRecord[] = [];
  const store = sharing(rows, {
    insert: (record) => {
      if (!gone) return rows.insert(record);
      gone = false;
      inserted.push(record);
      return rows.find(record.invoiceNumber).then(async (read) => {
        if (read) await rows.update(record, read);
      });
    },
    find: (invoiceNumber) => (gone ? Promise.resolve(undefined) : rows.find(invoiceNumber)),
    update: (next, read) => (gone ? Promise.resolve(false) : rows.update(next, read)),
  });
  const shop = await openShop({ store });
  const { record } = await backWhile(shop, () => Promise.resolve((gone = true)));
  expect(inserted).toMatchObject([{ invoiceNumber: record.invoiceNumber, status: 'verifying' }]);
  expect(record).toMatchObject({ status: 'paid', hookDeliveredAt: shop.now });
  expect(errors(shop)).toEqual([
    'The row of a confirmed payment was gone from the store; it is written again.',
  ]);
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

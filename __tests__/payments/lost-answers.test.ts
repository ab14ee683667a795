import timers from 'node:timers/promises';
import { AtipayError, MemoryPaymentStore, type PaymentRecord, type PaymentStore } from 'express-atipay';
import { eventsOf } from '../support/history';
import { openShop } from '../support/opened';
import { sharing } from '../support/sharing';
import { anOrder, MINUTE, type Shop } from '../support/shop';

// A connection that breaks may have delivered its statement: the caller learns it from the row.

const lost = (): Promise<never> =>
  Promise.reject(new AtipayError('ERR_ATIPAY_STORE_CONNECTION', 'the connection is gone'));

/** A store that loses the answer of one write, which was applied or not. */
function losing(write: number, applied: boolean): { store: PaymentStore; rows: MemoryPaymentStore } {
  const rows = new MemoryPaymentStore({ quiet: true });
  let count = 0;
  const written = async <T>(work: () => Promise<T>): Promise<T> => {
    count += 1;
    if (count !== write) return work();
    if (applied) await work();
    return lost();
  };
  const store = sharing(rows, {
    insert: (record) => written(() => rows.insert(record)),
    update: (next, read) => written(() => rows.update(next, read)),
  });
  return { store, rows };
}

const back = (shop: Shop, record: PaymentRecord) =>
  shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });

describe.each([true, false])('a write whose answer is lost (applied: %s)', (applied) => {
  test.each([
    ['the new payment', 1],
    ['its token', 2],
    ['the claim', 3],
    ['the confirmed amount', 4],
    ['the delivered hook', 5],
  ])('%s: the payment is paid once, and its hook is called once', async (_what, write) => {
    const shop = await openShop({ store: losing(write, applied).store });
    const record = await shop.started();
    expect((await back(shop, record)).status).toBe(303);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      status: 'paid',
      verifyAttempts: 1,
      hookAttempts: 1,
      hookDeliveredAt: shop.now,
    });
    expect(shop.hooks.map(({ hook }) => hook)).toEqual(['onSuccess']);
    expect(shop.gateway.asked('verify-payment')).toHaveLength(1);
    expect(await shop.store.findByOrder('default', record.orderId)).toHaveLength(1);
  });
});

describe.each([
  ['is lost', lost],
  ['comes', (stored: boolean) => stored],
])('a lease whose answer %s when it is over', (_how, answer) => {
  /** A shop whose write from one status to another takes as long as the lease that it stores. */
  const shopWithSlowWrite = async (from: string, to: string): Promise<Shop> => {
    const rows = new MemoryPaymentStore({ quiet: true });
    const store = sharing(rows, {
      update: async (next, read) => {
        const stored = await rows.update(next, read);
        if (next.status !== to || read.status !== from) return stored;
        shop.now = next.leaseUntil ?? 0;
        return answer(stored);
      },
    });
    const shop: Shop = await openShop({ store });
    return shop;
  };

  test('leaves a claimed payment to the sweep', async () => {
    const shop = await shopWithSlowWrite('pending', 'verifying');
    const record = await shop.started();
    expect((await back(shop, record)).status).toBe(303);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'verifying', verifyAttempts: 1 });
    expect(shop.gateway.asked('verify-payment')).toEqual([]);
  });

  test('leaves a hook to the sweep', async () => {
    const shop = await shopWithSlowWrite('verifying', 'paid');
    const record = await shop.started();
    expect((await back(shop, record)).status).toBe(303);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'paid', hookAttempts: 1 });
    expect(shop.hooks).toEqual([]);
    await shop.sweepAfter(MINUTE);
    expect(shop.hooks.map(({ hook }) => hook)).toEqual(['onSuccess']);
  });
});

test('a write that fails for another reason is not tried again', async () => {
  const rows = new MemoryPaymentStore({ quiet: true });
  let writes = 0;
  const full = new Error('the disk is full');
  const store = sharing(rows, {
    update: () => {
      writes += 1;
      return Promise.reject(full);
    },
  });
  const shop = await openShop({ store });
  await expect(shop.atipay.start(anOrder())).rejects.toBe(full);
  expect(writes).toBe(1);
});

test('a new payment whose number another one took meanwhile draws another number', async () => {
  const rows = new MemoryPaymentStore({ quiet: true });
  const inserted: string[] = [];
  const store = sharing(rows, {
    insert: async (record) => {
      inserted.push(record.invoiceNumber);
      if (inserted.length > 1) return rows.insert(record);
      await rows.insert({ ...record, orderId: 'another', returnKey: 'another' });
      return lost();
    },
  });
  const shop = await openShop({ store });
  const { invoiceNumber } = await shop.started();
  expect(inserted).toHaveLength(2);
  expect(invoiceNumber).toBe(inserted[1]);
});

describe('a claim that meets a lock on the order', () => {
  const locking = () => {
    const rows = new MemoryPaymentStore({ quiet: true });
    const state = { locked: true };
    const store = sharing(rows, {
      update: (next, read) =>
        state.locked && next.orderKey !== null && read.orderKey === null
          ? Promise.reject(new AtipayError('ERR_ATIPAY_STORE_LOCKED', 'the row is locked'))
          : rows.update(next, read),
    });
    return { state, store };
  };

  test('waits with its receipt when the buyer waits for it', async () => {
    const { state, store } = locking();
    const shop = await openShop({ store });
    const record = await shop.started();
    await back(shop, record);
    const waiting = await shop.record(record.invoiceNumber);
    expect(waiting).toMatchObject({ status: 'received', orderKey: null });
    expect(eventsOf(waiting.history)).toEqual(['created', 'tokenGiven', 'orderTaken']);
    state.locked = false;
    await shop.sweepAfter(MINUTE);
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  });

  test('is skipped by a sweep', async () => {
    const { store } = locking();
    const shop = await openShop({ store });
    const record = await shop.started();
    await back(shop, record);
    const waiting = await shop.record(record.invoiceNumber);
    expect(await shop.sweepAfter(MINUTE)).toMatchObject({ due: 1, paid: 0 });
    expect(await shop.record(record.invoiceNumber)).toEqual(waiting);
  });
});

test('a write that loses many races in a row is decided again each time', async () => {
  const rows = new MemoryPaymentStore({ quiet: true });
  let races = 0;
  const store = sharing(rows, {
    update: async (next, read) => {
      if (next.status !== 'verifying' || races === 10) return rows.update(next, read);
      races += 1;
      await rows.update({ ...read, version: read.version + 1 }, read);
      return false;
    },
  });
  const shop = await openShop({ store });
  const record = await shop.started();
  await back(shop, record);
  expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  expect(races).toBe(10);
});

test('reads that stay older than the writes are waited for, twice as long each time, then an error that says so', async () => {
  const waits = jest.spyOn(timers, 'setTimeout');
  const rows = new MemoryPaymentStore({ quiet: true });
  const store = sharing(rows, { update: () => Promise.resolve(false) });
  const shop = await openShop({ store });
  await expect(shop.atipay.start(anOrder())).rejects.toMatchObject({
    code: 'ERR_ATIPAY_STORE',
    message:
      'The store’s reads are older than its writes. Payments need reads that see every acknowledged write: ' +
      'do not read from a replica.',
  });
  const pauses = waits.mock.calls.map(([ms]) => ms);
  waits.mockRestore();
  expect(pauses).toEqual([20, 40, 80, 160, 320, 640]);
});

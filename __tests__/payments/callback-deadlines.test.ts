import type { PaymentRecord } from 'express-atipay';
import { openShop } from '../support/opened';
import type { Reply } from '../support/scripted-gateway';
import { MINUTE, type Shop } from '../support/shop';
import { timersOf } from '../support/timers';
import { until } from '../support/until';

/** The clock that a callback's patience is measured by, in milliseconds since the buyer came back. */
function stopwatch(): { elapsed: number } {
  const began = performance.now();
  const watch = { elapsed: 0 };
  jest.spyOn(performance, 'now').mockImplementation(() => began + watch.elapsed);
  return watch;
}

/** The router's timeouts pass when the test says so; all else goes on. */
function onlyTimeoutsStandStill(): void {
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
    ],
  });
}

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const trouble = (shop: Shop): unknown[] => shop.logs.filter(({ level }) => level !== 'info');

describe('a buyer is kept waiting for verify-payment for 15 seconds', () => {
  test.each([
    [13_800, 2],
    [13_801, 1],
  ])(
    'no answer after %i ms: %i attempts, for less than a second is not worth one',
    async (elapsed, verifyAttempts) => {
      const watch = stopwatch();
      const shop = await openShop();
      const record = await shop.started();
      const slow: Reply = () => {
        watch.elapsed = elapsed;
        return Promise.resolve<Reply>('reset');
      };
      shop.gateway.replies['verify-payment'].push(slow);
      await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
      expect(shop.gateway.asked('verify-payment')).toHaveLength(verifyAttempts);
      expect(await shop.record(record.invoiceNumber)).toMatchObject({
        status: verifyAttempts === 2 ? 'paid' : 'verifying',
        verifyAttempts,
      });
    },
  );

  test('the last ask gets the rest of them', async () => {
    const watch = stopwatch();
    const shop = await openShop();
    const record = await shop.started();
    const update = shop.store.update.bind(shop.store);
    shop.store.update = (next, read) => {
      if (next.verifyAttempts === 2) watch.elapsed = 14_990;
      return update(next, read);
    };
    shop.gateway.replies['verify-payment'].push('reset', 'silence');
    await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    expect(shop.told('gatewayError').map(({ error }) => (error as Error).message)).toEqual([
      `AtiPay gave no usable answer to verify-payment: ECONNRESET. The URL was ${shop.gateway.url}/verify-payment.`,
      `AtiPay gave no usable answer to verify-payment: nothing within 10 ms. The URL was ${shop.gateway.url}/verify-payment.`,
    ]);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'verifying', verifyAttempts: 2 });
  });
});

describe('a shop may think for ten seconds about whether an order is still payable', () => {
  test('and has said nothing then: the receipt is kept, and the shop asked again', async () => {
    onlyTimeoutsStandStill();
    let asked = 0;
    let stillPayable = (): boolean | Promise<boolean> => new Promise(() => (asked += 1));
    const shop = await openShop({ stillPayable: () => stillPayable() });
    const record = await shop.started();
    const { invoiceNumber, orderId } = record;
    const back = shop.comesBack(record, { referenceNumber: shop.gateway.receipt(invoiceNumber) });
    while (asked < 1) await new Promise(setImmediate);
    jest.advanceTimersByTime(9_999);
    await new Promise(setImmediate);
    expect(trouble(shop)).toEqual([]);
    jest.advanceTimersByTime(1);
    await back;
    const line = {
      level: 'error',
      fields: { err: new Error('stillPayable took over 10000 ms'), invoiceNumber, orderId },
      message: 'stillPayable threw; it is asked again.',
    };
    expect(trouble(shop)).toEqual([line]);
    expect((await shop.record(invoiceNumber)).status).toBe('received');

    stillPayable = () => true;
    await shop.sweepAfter(MINUTE);
    expect((await shop.record(invoiceNumber)).status).toBe('paid');
  });

  test('and once it has answered, nothing waits for the ten seconds', async () => {
    const shop = await openShop({ stillPayable: () => true });
    const record = await shop.started();
    const back = () =>
      shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    // One is for the hook.
    expect(await timersOf([10_000], back)).toEqual({ begun: 2, left: 0 });
  });
});

test('a buyer waits ten seconds for a hook: the page comes then, and the hook goes on', async () => {
  onlyTimeoutsStandStill();
  let endHook: (() => void) | undefined;
  const shop = await openShop({ onSuccess: () => new Promise<void>((resolve) => (endHook = resolve)) });
  const record = await shop.started();
  let answer: { status: number } | undefined;
  const back = shop
    .comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) })
    .then((given) => (answer = given));
  const stored = (): Promise<PaymentRecord> => shop.record(record.invoiceNumber);
  await until(() => endHook !== undefined);
  jest.advanceTimersByTime(9_999);
  await new Promise(setImmediate);
  expect(answer).toBeUndefined();
  jest.advanceTimersByTime(1);
  await back;
  expect(answer?.status).toBe(303);
  expect(await stored()).toMatchObject({ status: 'paid', hookDeliveredAt: null });
  endHook?.();
  await shop.atipay.close();
  expect(await stored()).toMatchObject({ hookDeliveredAt: shop.now, dueAt: null });
});

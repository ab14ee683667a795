import { MemoryPaymentStore } from 'express-atipay';
import { entriesOf, eventsOf } from '../support/history';
import { closing, openShop } from '../support/opened';
import { held } from '../support/scripted-gateway';
import { sharing } from '../support/sharing';
import { anOrder, HOUR, MINUTE, Shop } from '../support/shop';

describe('a sweep', () => {
  test('fails a payment whose process died before its token came, and calls onFailure', async () => {
    const shop = await openShop({ http: { timeout: 5_000 } });
    const token = held({ body: { status: '1', token: 'too late' } });
    shop.gateway.replies['get-token'].push(token.reply);
    const starting = shop.atipay.start(anOrder({ orderId: 'dying' }));
    while (shop.gateway.asked('get-token').length === 0) await new Promise(setImmediate);
    await shop.sweepAfter(3 * MINUTE);
    const [record] = await shop.store.findByOrder('default', 'dying');
    expect(record).toMatchObject({ status: 'failed', failureReason: 'GatewayUnavailable' });
    expect(shop.hooks).toMatchObject([{ hook: 'onFailure' }]);
    token.release();
    await expect(starting).rejects.toMatchObject({ code: 'ERR_ATIPAY_GATEWAY_UNAVAILABLE', status: 504 });
    expect(await shop.store.findByOrder('default', 'dying')).toEqual([
      expect.objectContaining({ status: 'failed' }),
    ]);
  });

  test('abandons a payment whose buyer did not return, not a moment too early', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.sweepAfter(HOUR - 1);
    expect((await shop.record(record.invoiceNumber)).status).toBe('pending');
    await shop.sweepAfter(1);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      status: 'failed',
      failureReason: 'Abandoned',
      hookDeliveredAt: shop.now,
    });
    expect(shop.hooks).toMatchObject([{ hook: 'onFailure', payment: { failure: { reason: 'Abandoned' } } }]);
  });

  test('leaves a payment alone while its lease runs', async () => {
    const shop = await openShop({ http: { timeout: 5_000 } });
    const record = await shop.started();
    const answer = held({ body: { amount: 25_000 } });
    shop.gateway.replies['verify-payment'].push(answer.reply);
    const back = shop.comesBack(record, { referenceNumber: 'r' });
    while (shop.gateway.asked('verify-payment').length === 0) await new Promise(setImmediate);
    expect(await shop.sweepAfter(MINUTE)).toMatchObject({ due: 0 });
    answer.release();
    await back;
    expect(shop.gateway.asked('verify-payment')).toHaveLength(1);
  });

  test('records an attempt whose process ended, and only such a one', async () => {
    const shop = await openShop({ http: { timeout: 5_000 } });
    const record = await shop.started();
    const answer = held('reset');
    shop.gateway.replies['verify-payment'].push(answer.reply);
    const back = shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    while (shop.gateway.asked('verify-payment').length === 0) await new Promise(setImmediate);
    await shop.sweepAfter(3 * MINUTE);
    const silent = (await shop.unanswered()).record;
    await shop.sweepAfter(MINUTE);
    answer.release();
    await back;
    const lost = await shop.atipay.history(record.invoiceNumber);
    expect(lost.slice(3)).toMatchObject([
      { event: 'verifyLost', data: { attempt: 1 } },
      { event: 'amountConfirmed', data: { attempt: 2 } },
      { event: 'hookDelivered' },
    ]);
    expect(eventsOf(await shop.atipay.history(silent.invoiceNumber))).not.toContain('verifyLost');
  });

  test('records a hook call whose process ended, and only such a one', async () => {
    let failures = 1;
    const shop = await openShop({
      onSuccess: () => (failures-- > 0 ? Promise.reject(new Error('no stock system')) : undefined),
    });
    const paid = async (): Promise<string> => {
      const { invoiceNumber } = await shop.started();
      await shop.comesBack(await shop.record(invoiceNumber), {
        referenceNumber: shop.gateway.receipt(invoiceNumber),
      });
      return invoiceNumber;
    };
    const thrown = await paid();
    const update = shop.store.update.bind(shop.store);
    // As if the process died before it could store that the hook has returned.
    shop.store.update = (next, read) =>
      next.hookDeliveredAt === null ? update(next, read) : Promise.reject(new Error('power cut'));
    const died = await paid();
    shop.store.update = update;
    await shop.sweepAfter(3 * MINUTE);
    expect(entriesOf(await shop.atipay.history(died)).slice(-2)).toEqual([
      { status: 'paid', event: 'hookLost', data: { call: 1 } },
      { status: 'paid', event: 'hookDelivered', data: { call: 2 } },
    ]);
    expect(eventsOf(await shop.atipay.history(thrown)).slice(-2)).toEqual(['hookThrew', 'hookDelivered']);
  });

  test('reports its counts', async () => {
    const shop = await openShop();
    await shop.unanswered();
    await shop.unanswered();
    await shop.started();
    shop.gateway.replies['verify-payment'].push({ body: { amount: 25_000 } }, { body: { errorCode: '-2' } });
    expect(await shop.sweepAfter(HOUR)).toEqual({
      due: 3,
      paid: 1,
      failed: 1,
      review: 1,
      hooks: 3,
      waiting: 0,
      ms: expect.any(Number) as number,
    });
    expect(await shop.sweepAfter(HOUR)).toMatchObject({ due: 0, waiting: 0 });
  });

  test('takes more than one batch', async () => {
    const shop = await openShop({ recovery: { batch: 3, everyMs: 24 * HOUR } });
    for (let count = 0; count < 8; count += 1) await shop.started();
    expect(await shop.sweepAfter(HOUR)).toMatchObject({ due: 8, failed: 8 });
  });

  test('never overlaps with itself', async () => {
    const shop = await openShop();
    await shop.unanswered();
    shop.now += MINUTE;
    const [one, two] = await Promise.all([shop.atipay.recover(), shop.atipay.recover()]);
    expect(two).toBe(one);
    expect(one.due).toBe(1);
  });

  test('of two processes on one store asks once and calls the hook once', async () => {
    const shop = await openShop();
    const { record } = await shop.unanswered();
    const before = shop.gateway.asked('verify-payment').length;
    // A second process has another store object on the same rows.
    const second = closing(
      await Shop.open({
        store: sharing(shop.store),
        gatewayUrl: shop.gateway.url,
      }),
    );
    second.now = shop.now += MINUTE;
    await Promise.all([shop.atipay.recover(), second.atipay.recover()]);
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
    expect(shop.gateway.asked('verify-payment').length - before).toBe(1);
    expect([...shop.hooks, ...second.hooks].map((call) => call.hook)).toEqual(['onSuccess']);
  });

  test('goes on when one payment cannot be worked on', async () => {
    const rows = new MemoryPaymentStore({ quiet: true });
    let broken = '';
    const shop = await openShop({
      store: sharing(rows, {
        update: (next, read) =>
          next.invoiceNumber === broken ? Promise.reject(new Error('disk is full')) : rows.update(next, read),
      }),
    });
    const [bad, good] = [await shop.started(), await shop.started()];
    broken = bad.invoiceNumber;
    expect(await shop.sweepAfter(HOUR)).toMatchObject({ due: 2, failed: 1, waiting: 1 });
    expect((await shop.record(good.invoiceNumber)).status).toBe('failed');
    expect(shop.logs).toContainEqual({
      level: 'error',
      fields: { err: new Error('disk is full'), invoiceNumber: bad.invoiceNumber, orderId: bad.orderId },
      message: 'A due payment could not be worked on.',
    });
  });

  test('only takes payments of its account', async () => {
    const shop = await openShop({ account: 'one' });
    const record = await shop.started();
    const other = closing(await Shop.open({ store: shop.store, account: 'two' }));
    other.now = shop.now + 2 * HOUR;
    expect(await other.atipay.recover()).toMatchObject({ due: 0 });
    expect(await other.atipay.find(record.invoiceNumber)).toBeUndefined();
    expect((await shop.record(record.invoiceNumber)).status).toBe('pending');
  });
});

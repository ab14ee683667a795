import { MemoryPaymentStore } from 'express-atipay';
import { closing, openShop } from '../support/opened';
import { held } from '../support/scripted-gateway';
import { sharing } from '../support/sharing';
import { HOUR, Shop } from '../support/shop';

describe('the timer', () => {
  test('sweeps on schedule', async () => {
    const shop = await openShop({ recovery: { everyMs: 5 } });
    const record = await shop.started();
    const done = new Promise((resolve) => shop.atipay.events.on('transition', resolve));
    shop.now += HOUR;
    await done;
    expect((await shop.record(record.invoiceNumber)).failureReason).toBe('Abandoned');
  });

  test('stops with close, after which nothing more is swept', async () => {
    let looked = 0;
    const rows = new MemoryPaymentStore({ quiet: true });
    const counting = sharing(rows, {
      due: (query) => {
        looked += 1;
        return rows.due(query);
      },
    });
    const shop = await openShop({ store: counting, recovery: { everyMs: 1 } });
    await shop.atipay.close();
    const before = looked;
    // Another shop's timer, as fast as the closed one's, shows how much time has passed.
    let sweeps = 0;
    await new Promise<void>((resolve) => {
      const ticking = sharing(rows, {
        due: () => {
          sweeps += 1;
          if (sweeps === 20) resolve();
          return Promise.resolve([]);
        },
      });
      void openShop({ store: ticking, recovery: { everyMs: 1 } });
    });
    expect(looked).toBe(before);
  });
});

describe('close', () => {
  test('waits for a callback under way', async () => {
    const shop = await openShop({ http: { timeout: 5_000 } });
    const record = await shop.started();
    const answer = held({ body: { amount: 25_000 } });
    shop.gateway.replies['verify-payment'].push(answer.reply);
    const back = shop.comesBack(record, { referenceNumber: 'r' });
    while (shop.gateway.asked('verify-payment').length === 0) await new Promise(setImmediate);
    const closed = shop.atipay.close();
    answer.release();
    await closed;
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      status: 'paid',
      hookDeliveredAt: shop.now,
    });
    await back;
  });

  test('waits no longer than hookTimeoutMs for a hook that hangs, whose lease then ends', async () => {
    const shop = await openShop({ hookTimeoutMs: 50, onSuccess: () => new Promise(() => undefined) });
    const record = await shop.started();
    const back = shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    while ((await shop.record(record.invoiceNumber)).status !== 'paid') await new Promise(setImmediate);
    await shop.atipay.close();
    expect((await shop.record(record.invoiceNumber)).dueAt).toBeGreaterThan(shop.now);
    await back;
  });

  test('frees store and account for another router', async () => {
    const shop = await openShop();
    await expect(Shop.open({ store: shop.store })).rejects.toMatchObject({ code: 'ERR_ATIPAY_CONFIG' });
    await shop.atipay.close();
    const next = closing(await Shop.open({ store: shop.store }));
    expect(next.atipay).toBeDefined();
  });
});

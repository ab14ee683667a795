import request from 'supertest';
import { openShop } from '../support/opened';
import { html, paid, path } from './pages';

describe('a payment link whose token may be too old', () => {
  const FIFTEEN_MINUTES = 15 * 60_000;

  test('is offered a new attempt by a button, and looking at it starts none', async () => {
    const shop = await openShop();
    const record = await shop.started();
    shop.now += FIFTEEN_MINUTES - 1;
    const young = await request(shop.server).get(path('pay', record)).set(html).expect(200);
    expect(young.text).toContain(String(record.token));
    shop.now += 1;
    const old = await request(shop.server).get(path('pay', record)).set(html).expect(200);
    expect(old.text).not.toContain(String(record.token));
    expect(old.text).toMatch(/<form[^>]+method="post"/i);
    expect(await shop.store.findByOrder('default', record.orderId)).toEqual([record]);
  });

  test('is renewed by its button: a new attempt, and the old one stays as it is', async () => {
    const shop = await openShop();
    const record = await shop.started();
    shop.now += FIFTEEN_MINUTES;
    const { text } = await request(shop.server).post(path('pay', record)).set(html).expect(200);
    const attempts = await shop.store.findByOrder('default', record.orderId);
    expect(attempts).toEqual([expect.objectContaining({ status: 'pending', amount: record.amount }), record]);
    expect(text).toContain(String(attempts[0]?.token));
  });

  test('leads to the result once its payment is decided', async () => {
    const shop = await openShop();
    const record = await paid(shop);
    await request(shop.server).post(path('pay', record)).expect(303);
    expect(await shop.store.findByOrder('default', record.orderId)).toHaveLength(1);
  });
});

import request from 'supertest';
import type { PaymentRecord } from 'express-atipay';
import { openShop } from '../support/opened';
import { anOrder, MINUTE } from '../support/shop';

const html = { Accept: 'text/html' };
const json = { Accept: 'application/json' };
const path = ({ invoiceNumber, returnKey }: Pick<PaymentRecord, 'invoiceNumber' | 'returnKey'>): string =>
  `/payment/result/${invoiceNumber}/${returnKey}`;

test('a result is one neutral page for a wrong key and for an unknown invoice', async () => {
  const shop = await openShop();
  const record = await shop.started();
  const wrong = await request(shop.server)
    .get(path({ ...record, returnKey: 'x' }))
    .set(html)
    .expect(404);
  const unknown = await request(shop.server)
    .get(path({ ...record, invoiceNumber: '9'.repeat(20) }))
    .set(html);
  expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text]);
  expect(wrong.text).not.toContain(record.invoiceNumber);
});

test.each([
  ['text/html, application/json', {}, /html/],
  ['*/*', {}, /html/],
  ['application/json', {}, /json/],
  ['application/json, text/html;q=0.1, */*', { 'Sec-Fetch-Mode': 'cors' }, /json/],
  // A WebView whose app sets the header for every request, navigations included.
  ['application/json, text/plain, */*', {}, /html/],
  ['application/json, text/plain, */*', { 'Sec-Fetch-Mode': 'navigate' }, /html/],
  ['application/json', { 'Sec-Fetch-Mode': 'navigate' }, /html/],
])('a client that accepts %s gets a page unless it is a program (%j)', async (Accept, headersToo, type) => {
  const shop = await openShop();
  const { headers } = await request(shop.server)
    .get(path(await shop.started()))
    .set({ Accept, ...headersToo });
  expect(headers['content-type']).toMatch(type);
});

test('a program that asks for a result with a wrong key gets a problem document', async () => {
  const shop = await openShop();
  const record = await shop.started();
  const { body } = (await request(shop.server)
    .get(path({ ...record, returnKey: 'x' }))
    .set(json)
    .expect(404)
    .expect('Content-Type', /problem\+json/)) as { body: unknown };
  expect(body).toMatchObject({ status: 404, code: 'notFound' });
});

test('a program gets the address where the shop wants the buyer to go on', async () => {
  const shop = await openShop({ resultUrl: ({ orderId }) => `/orders/${orderId}` });
  const record = await shop.started();
  const { body } = (await request(shop.server).get(path(record)).set(json)) as { body: unknown };
  expect(body).toMatchObject({ status: 'pending', resultUrl: `/orders/${record.orderId}` });
});

test('a program learns that the gateway’s answer was incomplete, as long as nothing else has come', async () => {
  const shop = await openShop();
  const record = await shop.started();
  const asking = () =>
    request(shop.server)
      .get(`${path(record)}?unconfirmed`)
      .set(json);
  expect((await asking()).body).toMatchObject({ status: 'pending', unconfirmed: true });
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect((await asking()).body).not.toHaveProperty('unconfirmed');
});

test('a page that waits reloads less often the longer it is open', async () => {
  const shop = await openShop();
  const record = await shop.started();
  const pace = async (): Promise<string | undefined> => {
    const { text } = await request(shop.server).get(path(record)).set(html);
    return /data-seconds="(\d+)"/.exec(text)?.[1];
  };
  const paces = [await pace()];
  for (const wait of [MINUTE, 9 * MINUTE]) {
    shop.now += wait;
    paces.push(await pace());
  }
  expect(paces).toEqual(['3', '10', '60']);
});

test.each([
  ['a form that is too large', 'application/x-www-form-urlencoded', `note=${'x'.repeat(200_000)}`, 413],
  ['a form in a charset nobody speaks', 'application/x-www-form-urlencoded; charset=utf-7', 'orderId=1', 415],
  ['JSON that breaks off', 'application/json', '{"orderId":', 400],
])(
  '%s at POST /pay goes to the app’s error handler, and no order is asked for',
  async (_what, type, body, status) => {
    let asked = false;
    const shop = await openShop({ getOrder: () => void (asked = true) });
    await request(shop.server).post('/payment/pay').type(type).send(body).expect(status);
    expect(asked).toBe(false);
  },
);

test('a store that fails while a payment is started goes to the app’s error handler, not to the buyer’s page', async () => {
  const shop = await openShop();
  shop.store.insert = () => Promise.reject(new TypeError('the disk is full'));
  const { text } = await request(shop.server).post('/payment/pay').set(html).expect(500);
  expect(text).toContain('the disk is full');
  expect(shop.gateway.calls).toEqual([]);
});

test.each<[what: string, error: Error, status: number]>([
  ['an error', new TypeError('the disk is full'), 500],
  ['an error of its own protocol', Object.assign(new Error('no such index'), { status: 404 }), 404],
])(
  'a store that fails with %s while a buyer is back goes to the app’s error handler, and is not reported as forged',
  async (_what, error, status) => {
    const shop = await openShop();
    const record = await shop.started();
    const update = shop.store.update.bind(shop.store);
    shop.store.update = () => Promise.reject(error);
    const receipt = shop.gateway.receipt(record.invoiceNumber);
    const back = await shop.comesBack(record, { referenceNumber: receipt });
    expect([back.status, await back.text()]).toEqual([status, expect.stringContaining(error.message)]);
    expect(shop.told('forged')).toEqual([]);
    shop.store.update = update;
    await shop.comesBack(record, { referenceNumber: receipt });
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  },
);

test('a stream that the shop has given an encoding is the app’s error, and is not reported as forged', async () => {
  const shop = await openShop({}, (app, router) => {
    app.use((req, _res, next) => {
      req.setEncoding('utf8');
      next();
    });
    app.use('/payment', router);
  });
  const back = await shop.comesBack(await shop.started(), { referenceNumber: 'R' });
  expect([back.status, await back.text()]).toEqual([500, expect.stringContaining('stream encoding')]);
  expect(shop.told('forged')).toEqual([]);
});

test('an answer without a token and without an error is no refusal', async () => {
  const shop = await openShop();
  shop.gateway.replies['get-token'].push({ body: { token: null } });
  await expect(shop.atipay.start({ orderId: 'A', amount: 1_000, cellNumber: '09123456789' })).rejects.toThrow(
    'AtiPay gave no usable answer to get-token: neither a token nor an error.',
  );
});

test('the history of an unknown invoice number is empty, and one that is no text is refused', async () => {
  const shop = await openShop();
  expect(await shop.atipay.history('9'.repeat(20))).toEqual([]);
  await expect(shop.atipay.find(['1'] as unknown as string)).rejects.toMatchObject({
    code: 'ERR_ATIPAY_PAYMENT_NOT_FOUND',
    status: 404,
    message: 'An invoice number is a string.',
  });
});

test('an order’s payments are found by its id as the shop wrote it, newest first', async () => {
  const shop = await openShop();
  const order = { ...anOrder(), orderId: '17' };
  const payments = [];
  for (let turn = 0; turn < 2; turn += 1) {
    payments.unshift((await shop.atipay.start(order)).payment);
    shop.now += MINUTE;
  }
  for (const orderId of [17, '17', ' 17 ']) {
    expect(await shop.atipay.findByOrder(orderId)).toMatchObject(
      payments.map(({ invoiceNumber }) => ({ invoiceNumber, orderId: '17' })),
    );
  }
});

test('reviews leave out decided payments that the store’s index still lists', async () => {
  const shop = await openShop();
  const records = [await shop.started(), await shop.started()];
  for (const record of records) {
    shop.gateway.replies['verify-payment'].push({ body: { amount: 1 } });
    await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  }
  const [decided, open] = records.map(({ invoiceNumber }) => invoiceNumber) as [string, string];
  await shop.atipay.resolve(decided, 'failed', 'given back');
  shop.store.inReview = () => Promise.all([shop.record(decided), shop.record(open)]);
  expect(await shop.atipay.reviews()).toEqual([await shop.atipay.find(open)]);
});

import request from 'supertest';
import { MemoryPaymentStore, type PaymentRecord } from 'express-atipay';
import { openShop } from '../support/opened';
import { sharing } from '../support/sharing';
import { paid, path } from './pages';

describe('the callback’s address', () => {
  test('sends a GET to the result', async () => {
    const shop = await openShop();
    const record = await paid(shop);
    await request(shop.server)
      .get(path('callback', record))
      .expect(303)
      .expect('Location', `${shop.origin}${path('result', record)}`);
    await request(shop.server)
      .get(path('callback', { ...record, returnKey: 'x' }))
      .expect(404);
  });

  const FORM = 'application/x-www-form-urlencoded';

  test.each<[how: string, type: string, body: string, encoding: Record<string, string>, status: number]>([
    ['too large', FORM, `state=${'x'.repeat(20_000)}`, {}, 413],
    ['in an encoding it does not have', FORM, 'state=OK', { 'Content-Encoding': 'gzip' }, 400],
    ['in an unknown encoding', FORM, 'state=OK', { 'Content-Encoding': 'rot13' }, 415],
  ])(
    'with a body %s shows the buyer that nothing is confirmed, and strangers an error',
    async (_how, type, body, encoding, status) => {
      const shop = await openShop();
      const record = await shop.started();
      const send = (one: PaymentRecord) =>
        request(shop.server).post(path('callback', one)).set(encoding).type(type).send(body);
      await send(record)
        .expect(303)
        .expect('Location', `${shop.origin}${path('result', record)}?unconfirmed`);
      await send({ ...record, returnKey: 'x' }).expect(status);
      expect(await shop.record(record.invoiceNumber)).toEqual(record);
      expect(shop.told('forged')).toMatchObject([
        { reason: 'malformed', invoiceNumber: record.invoiceNumber },
        { reason: 'malformed', invoiceNumber: undefined },
      ]);
    },
  );

  test.each(['utf-7', 'windows-1256', 'us-ascii'])(
    'reads an ASCII form that says it is %s',
    async (charset) => {
      const shop = await openShop();
      const record = await shop.started();
      const fields = { state: 'Failed', status: '3', reservationNumber: record.invoiceNumber };
      await request(shop.server)
        .post(path('callback', record))
        .set('Content-Type', `${FORM}; charset=${charset}`)
        .send(new URLSearchParams(fields).toString())
        .expect(303);
      expect(await shop.record(record.invoiceNumber)).toMatchObject({ failureReason: 'Failed' });
    },
  );

  test('counts callbacks of a decided payment, and reports the tenth and the hundredth', async () => {
    const shop = await openShop();
    const { referenceNumber, ...record } = await paid(shop);
    for (let count = 1; count <= 11; count += 1) {
      await shop.comesBack({ ...record, referenceNumber }, { referenceNumber: String(referenceNumber) });
    }
    expect(shop.told('repeated')).toMatchObject([
      { count: 10, address: '127.0.0.1', payment: { invoiceNumber: record.invoiceNumber, status: 'paid' } },
    ]);
  });

  test('does not take JSON or multipart for the gateway’s form', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await request(shop.server)
      .post(path('callback', record))
      .send({ reservationNumber: record.invoiceNumber });
    await request(shop.server)
      .post(path('callback', record))
      .field('reservationNumber', record.invoiceNumber);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
  });
});

describe('cookies', () => {
  test('none is set where the buyer comes back, also by earlier middleware', async () => {
    const shop = await openShop({}, (app, router) => {
      app.use((_req, res, next) => {
        res.cookie('early', '1');
        const writeHead = res.writeHead.bind(res);
        res.writeHead = ((status: number) => {
          res.append('Set-Cookie', 'late=1');
          return writeHead(status);
        }) as typeof res.writeHead;
        next();
      });
      app.use('/payment', router);
    });
    const record = await shop.started();
    const back = await shop.comesBack(record, {
      referenceNumber: shop.gateway.receipt(record.invoiceNumber),
    });
    const stranger = await shop.comesBack({ ...record, returnKey: 'x' }, {});
    const result = await shop.get(path('result', record));
    const pay = await shop.get('/payment/pay');
    expect([back, stranger, result].map((response) => response.headers.getSetCookie())).toEqual([[], [], []]);
    expect(pay.headers.getSetCookie()).toHaveLength(2);
  });
});

test('a store that fails once the receipt is stored does not lose the buyer: 303, and the sweep goes on', async () => {
  const rows = new MemoryPaymentStore({ quiet: true });
  let writes = 0;
  const store = sharing(rows, {
    update: (next, read) => {
      writes += 1;
      return writes === 3 ? Promise.reject(new Error('database is away')) : rows.update(next, read);
    },
  });
  const shop = await openShop({ store });
  const record = await shop.started();
  const back = await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect(back.status).toBe(303);
  expect((await shop.record(record.invoiceNumber)).status).toBe('verifying');
  await shop.sweepAfter(180_000);
  expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
});

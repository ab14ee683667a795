import express, { type RequestHandler } from 'express';
import request from 'supertest';
import { openShop } from '../support/opened';
import type { Shop } from '../support/shop';

type Started = Awaited<ReturnType<Shop['started']>>;

const address = ({ invoiceNumber, returnKey }: Started): string =>
  `/payment/callback/${invoiceNumber}/${returnKey}`;

const paidForm = (shop: Shop, record: Started): URLSearchParams =>
  new URLSearchParams({
    state: 'OK',
    status: '2',
    referenceNumber: shop.gateway.receipt(record.invoiceNumber),
    reservationNumber: record.invoiceNumber,
  });

describe('the gateway’s form is read', () => {
  test.each([
    'application/x-www-form-urlencoded; charset=windows-1256',
    'application/x-www-form-urlencoded;charset=us-ascii',
    'application/x-www-form-urlencoded; charset="ISO-8859-6"',
    'Application/X-WWW-Form-Urlencoded; Charset=UTF-8',
    'application/x-www-form-urlencoded; charset=nonsense',
  ])('in any charset: %s', async (type) => {
    const shop = await openShop();
    const record = await shop.started();
    const body = paidForm(shop, record).toString();
    const answer = await shop.post(address(record), body, { 'Content-Type': type });
    expect(answer.status).toBe(303);
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  });

  test.each(['string', 'buffer'])('where other middleware left it as a %s', async (kind) => {
    const shop = await openShop({}, (app, router) => {
      app.use((req, _res, next) => {
        const chunks: Buffer[] = [];
        req
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            const bytes = Buffer.concat(chunks);
            if (req.method === 'POST') req.body = kind === 'string' ? bytes.toString() : bytes;
            next();
          });
      });
      app.use('/payment', router);
    });
    const record = await shop.started();
    await shop.post(address(record), paidForm(shop, record));
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  });
});

describe('a form behind the right key that cannot be used', () => {
  test.each<[string, string, string]>([
    ['an empty body', 'application/x-www-form-urlencoded', ''],
    ['a body that is too large', 'application/x-www-form-urlencoded', `state=${'x'.repeat(20_000)}`],
    ['a body of another type', 'text/plain', 'hello'],
    ['JSON that is broken', 'application/json', '{"state":'],
  ])('shows the buyer "not confirmed yet" and changes nothing: %s', async (_what, type, body) => {
    const shop = await openShop();
    const record = await shop.started();
    const answer = await shop.post(address(record), body, { 'Content-Type': type });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toMatch(/\?unconfirmed$/);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
  });

  test('can be followed by the right one', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.post(address(record), '');
    await shop.post(address(record), paidForm(shop, record));
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  });

  test('with a wrong key is an address that does not exist', async () => {
    const shop = await openShop();
    const record = await shop.started();
    const wrong = address({ ...record, returnKey: 'x'.repeat(22) });
    expect((await shop.post(wrong, '')).status).toBe(404);
  });
});

describe('callbacks that are not believed', () => {
  test('are counted by invoice, with the client’s address', async () => {
    const shop = await openShop();
    const record = await shop.started();
    for (let time = 0; time < 3; time += 1) await shop.comesBack(record, { state: 'Nonsense', status: '' });
    const forged = shop.told('forged');
    expect(forged.map(({ count }) => count)).toEqual([1, 2, 3]);
    expect(forged.every(({ address: from }) => /127\.0\.0\.1$/.test(String(from)))).toBe(true);
    const line = shop.logs.findLast(({ message }) => message.includes('not believed'));
    expect(line?.fields).toMatchObject({ reason: 'unknownState', count: 3 });
  });

  test('are reported at ten and at a hundred for a payment that is decided', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack(record, { state: 'Failed', status: '3' });
    for (let time = 0; time < 100; time += 1) await shop.comesBack(record, { state: 'Failed', status: '3' });
    expect(shop.told('repeated').map(({ count }) => count)).toEqual([10, 100]);
    expect(shop.logs.filter(({ message }) => message.startsWith('100 callbacks came'))).toHaveLength(1);
  });
});

const ESCAPES: [how: string, escape: (text: string) => string][] = [
  ['as HTML', (text) => text.replaceAll('/', '&#x2F;')],
  ['as HTML in decimals', (text) => text.replaceAll('/', '&#47;')],
  ['as HTML by name', (text) => text.replaceAll('/', '&sol;')],
  ['for an address', encodeURIComponent],
  ['with backslashes', (text) => text.replaceAll('/', '\\/')],
];

test.each(ESCAPES)(
  'a receipt that a sanitizer has escaped is not believed, and the log says what to look for: %s',
  async (_how, escape) => {
    let inFront = true;
    const sanitizer: RequestHandler = (req, _res, next) => {
      const body = (req.body ?? {}) as Record<string, string>;
      for (const [name, value] of Object.entries(body)) if (inFront) body[name] = escape(value);
      next();
    };
    const shop = await openShop({}, (app, router) => {
      app.use(express.urlencoded({ extended: false }), sanitizer);
      app.use('/payment', router);
    });
    const record = await shop.started();
    const receipt = shop.gateway.receipt(record.invoiceNumber);
    await shop.comesBack(record, { referenceNumber: receipt });
    expect((await shop.record(record.invoiceNumber)).status).toBe('pending');
    expect(shop.logs.at(-1)?.message).toContain('sanitizer');
    inFront = false;
    await shop.comesBack(record, { referenceNumber: receipt });
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  },
);

test('a response whose setHeader returns nothing still gets the pages', async () => {
  const shop = await openShop({}, (app, router) => {
    app.use((_req, res, next) => {
      const setHeader = res.setHeader.bind(res);
      Object.assign(res, {
        setHeader: (...args: Parameters<typeof setHeader>) => void setHeader(...args),
      });
      next();
    });
    app.use('/payment', router);
  });
  const record = await shop.started();
  expect(
    (await request(shop.server).get(`/payment/pay/${record.invoiceNumber}/${record.returnKey}`)).status,
  ).toBe(200);
  expect((await shop.comesBack(record, { state: 'Failed', status: '3' })).status).toBe(303);
  expect((await shop.get('/payment/result/1/2')).status).toBe(404);
});

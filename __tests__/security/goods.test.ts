import express from 'express';
import { MemoryPaymentStore, type OrderInput, type PaymentRecord } from 'express-atipay';
import { startSimulator } from 'express-atipay/simulator';
import request from 'supertest';
import { closing, openShop } from '../support/opened';
import { anOrder, HOUR, MINUTE, type Shop } from '../support/shop';

// Attempts to get unpaid goods. The buyer's browser delivers everything.

const paidHooks = (shop: Shop): string[] =>
  shop.hooks.filter(({ hook }) => hook === 'onSuccess').map(({ payment }) => payment.invoiceNumber);

const statusOf = async (shop: Shop, record: PaymentRecord): Promise<string> =>
  (await shop.record(record.invoiceNumber)).status;

async function pays(shop: Shop, record: PaymentRecord): Promise<string> {
  const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
  await shop.comesBack(record, { referenceNumber });
  return referenceNumber;
}

describe('a receipt that has bought something', () => {
  test('buys nothing else, however it is written', async () => {
    const shop = await openShop();
    const receipt = await pays(shop, await shop.started());
    const spellings = [
      receipt,
      ` ${receipt}\t`,
      `${receipt}\u00a0`,
      `\ufeff${receipt}`,
      `${receipt}\0`,
      receipt.replace('R', 'Ｒ'),
      receipt.replace('R', 'R\u200b'),
      receipt.replace('R', 'R\u0301'),
      `\u202e${receipt}`,
      `${receipt}\ud800`,
    ];
    for (const referenceNumber of spellings) {
      const other = await shop.started();
      await shop.comesBack(other, { referenceNumber });
      expect([referenceNumber, await statusOf(shop, other)]).toEqual([referenceNumber, 'pending']);
    }
    expect(paidHooks(shop)).toHaveLength(1);
    // None of them was even asked about: the gateway would have confirmed the receipt again.
    expect(shop.gateway.asked('verify-payment')).toHaveLength(1);
  });

  test('buys nothing after its payment has failed, been refused or gone to review', async () => {
    const shop = await openShop({ onReview: undefined as never });
    for (const body of [{ amount: 1 }, { errorCode: '-2' }]) {
      const first = await shop.started();
      shop.gateway.replies['verify-payment'].push({ body });
      const receipt = await pays(shop, first);
      const second = await shop.started();
      await shop.comesBack(second, { referenceNumber: receipt });
      expect(await statusOf(shop, second)).toBe('pending');
    }
    expect(paidHooks(shop)).toEqual([]);
  });

  test('of another account buys nothing: it is taken in the whole table, and refused elsewhere', async () => {
    const merchants = [{ apiKey: 'key-of-two', terminalId: '10000002' }];
    const simulator = closing(
      await startSimulator({ apiKey: 'key-of-one', terminalId: '10000001', merchants }),
    );
    const store = new MemoryPaymentStore({ quiet: true });
    const both = { store, gatewayUrl: simulator.url };
    const one = await openShop({ ...both, account: 'one', apiKey: 'key-of-one' });
    const two = await openShop({ ...both, account: 'two', apiKey: 'key-of-two' });
    const [{ url }, victim] = [await one.atipay.start(anOrder()), await two.started()];
    const { referenceNumber } = await simulator.pay(url);
    expect(paidHooks(one)).toHaveLength(1);
    await two.comesBack(victim, { referenceNumber, terminalId: '10000001' });
    await two.comesBack(victim, { referenceNumber, terminalId: '10000002' });
    expect(await statusOf(two, victim)).toBe('pending');
    expect(two.told('replay')).toHaveLength(2);
    const elsewhere = await openShop({ gatewayUrl: simulator.url, apiKey: 'key-of-two' });
    const other = await elsewhere.started();
    await elsewhere.comesBack(other, { referenceNumber, terminalId: '10000002' });
    expect(await statusOf(elsewhere, other)).toBe('failed');
    expect([...paidHooks(two), ...paidHooks(elsewhere)]).toEqual([]);
  });

  test('could buy once more in another account with the same key: such a config is warned of, without the key', async () => {
    const store = new MemoryPaymentStore({ quiet: true });
    await openShop({ store, account: 'one', apiKey: 'one-key' });
    const other = await openShop({ store, account: 'two', apiKey: 'another-key' });
    const same = await openShop({ store, account: 'three', apiKey: 'one-key' });
    expect(other.trouble).toEqual([]);
    expect(same.trouble).toMatchObject([{ level: 'warn', fields: { account: 'three', others: ['one'] } }]);
    expect(JSON.stringify(same.logs)).not.toContain('one-key');
    await same.atipay.close();
    expect((await openShop({ store, account: 'four', apiKey: 'third-key' })).trouble).toEqual([]);
  });

  test('of a cheaper order does not buy a dearer one', async () => {
    const shop = await openShop();
    const [cheap, dear] = [await shop.started(anOrder({ amount: 1_000 })), await shop.started()];
    const referenceNumber = shop.gateway.receipt(cheap.invoiceNumber);
    await shop.comesBack(dear, { referenceNumber });
    expect(await statusOf(shop, dear)).toBe('review');
    expect(paidHooks(shop)).toEqual([]);
  });
});

test('a receipt whose payment has been purged buys nothing', async () => {
  const shop = await openShop();
  const old = await shop.started();
  const referenceNumber = shop.gateway.receipt(old.invoiceNumber);
  await shop.comesBack(old, { referenceNumber });
  shop.now += HOUR;
  expect(await shop.atipay.purge({ before: shop.now })).toMatchObject({ purged: 1 });
  const next = await shop.started();
  await shop.comesBack(next, { referenceNumber });
  await shop.comesBack(next, { referenceNumber: `${referenceNumber}=` });
  expect(await statusOf(shop, next)).toBe('pending');
  expect(shop.told('replay')).toHaveLength(2);
});

describe('a browser’s request to /pay', () => {
  const order: OrderInput = { orderId: 'A-1', amount: 890_000, cellNumber: '09123456789' };
  const TAMPERED = {
    amount: '1',
    orderId: 'A-1',
    cellNumber: '09990000000',
    currency: 'IRT',
    account: 'other',
  };

  test.each([
    [
      'a form',
      (shop: Shop) => request(shop.server).post('/payment/pay?amount=1').type('form').send(TAMPERED),
    ],
    [
      'JSON',
      (shop: Shop) =>
        request(shop.server)
          .post('/payment/pay?amount=1')
          .send({ ...TAMPERED, amount: 1 }),
    ],
  ])('changes no amount: the order is the shop’s word (%s)', async (_what, send) => {
    const shop = await openShop({ getOrder: () => order });
    expect((await send(shop)).status).toBe(200);
    expect(shop.gateway.asked('get-token')).toMatchObject([
      { body: { amount: 890_000, cellNumber: '09123456789' } },
    ]);
    const [payment] = await shop.atipay.findByOrder('A-1');
    expect(payment).toMatchObject({ amount: 890_000, currency: 'IRR', account: 'default' });
  });

  test.each([
    ['the browser’s own amount as text', { amount: '890000' }],
    ['an operator of a document database', { orderId: { $ne: '' } }],
    ['an operator for an amount', { amount: { $gt: 0 } }],
    ['a list of ids', { orderId: ['A-1', 'A-2'] }],
    ['a negative amount', { amount: -890_000 }],
    ['a fraction', { amount: 0.1 }],
  ])('is refused even by a shop that passes it on unread: %s', async (_what, fields) => {
    const shop = await openShop({ getOrder: (req) => ({ ...order, ...(req.body as object) }) });
    expect((await request(shop.server).post('/payment/pay').send(fields)).status).toBe(500);
    expect(shop.gateway.calls).toEqual([]);
    expect(shop.told('transition')).toEqual([]);
  });
});

describe('a forged end of a payment', () => {
  test('is no success: an OK with an invented receipt is refused by the gateway', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack(record, { referenceNumber: 'invented' });
    expect(await statusOf(shop, record)).toBe('failed');
    expect(paidHooks(shop)).toEqual([]);
  });

  test('is no failure: without the return key another buyer’s payment cannot be ended', async () => {
    const shop = await openShop();
    const [record, own] = [await shop.started(), await shop.started()];
    const failure = { state: 'Failed', status: '3', reservationNumber: record.invoiceNumber };
    await shop.comesBack({ ...record, returnKey: own.returnKey }, failure);
    await shop.comesBack(own, failure);
    expect([await statusOf(shop, record), await statusOf(shop, own)]).toEqual(['pending', 'pending']);
  });

  test('cancelled first and paid then is not served, and the money goes back unverified', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack(record, { state: 'CanceledByUser', status: '1' });
    const receipt = await pays(shop, record);
    await shop.sweepAfter(60 * MINUTE);
    expect(await statusOf(shop, record)).toBe('failed');
    expect(shop.gateway.asked('verify-payment')).toEqual([]);
    expect(shop.told('late')).toMatchObject([{ referenceNumber: receipt }]);
  });

  test('in the query of a GET (a prefetch, a preview, a crawler) does nothing', async () => {
    const shop = await openShop();
    const record = await shop.started();
    const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
    const fields = { state: 'OK', status: '2', reservationNumber: record.invoiceNumber, referenceNumber };
    for (const more of [fields, { ...fields, state: 'Failed', status: '3' }]) {
      const query = new URLSearchParams({ ...more, _method: 'POST' }).toString();
      const address = `/payment/callback/${record.invoiceNumber}/${record.returnKey}?${query}`;
      const override = { 'X-HTTP-Method-Override': 'POST', Purpose: 'prefetch' };
      expect((await shop.get(address, override)).status).toBe(303);
      await request(shop.server).head(address);
    }
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.gateway.asked('verify-payment')).toEqual([]);
  });
});

describe('a callback with smuggled fields', () => {
  const OPERATORS = ['$ne', '$gt', '$regex', '$where', '__proto__', 'constructor'];

  test.each([true, false])(
    'of operators and lists is not believed (extended form parser: %s)',
    async (extended) => {
      const shop = await openShop({}, (app, router) => {
        app.use(express.urlencoded({ extended }), express.json());
        app.use('/payment', router);
      });
      const record = await shop.started();
      const address = `/payment/callback/${record.invoiceNumber}/${record.returnKey}`;
      const { invoiceNumber } = record;
      for (const operator of OPERATORS) {
        const form = `state=OK&reservationNumber=${invoiceNumber}&referenceNumber[${operator}]=x`;
        await request(shop.server).post(address).type('form').send(form);
        await request(shop.server)
          .post(address)
          .type('form')
          .send(`state=OK&reservationNumber[${operator}]=1`);
        const json = `{"state":"OK","reservationNumber":"${invoiceNumber}","referenceNumber":{"${operator}":""}}`;
        await request(shop.server).post(address).type('json').send(json);
      }
      expect(await shop.record(invoiceNumber)).toEqual(record);
      expect(shop.gateway.asked('verify-payment')).toEqual([]);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );

  test('of two values each is not believed, in whichever order', async () => {
    const shop = await openShop();
    const [record, other] = [await shop.started(), await shop.started()];
    const receipt = shop.gateway.receipt(record.invoiceNumber);
    const address = `/payment/callback/${record.invoiceNumber}/${record.returnKey}`;
    const send = async (form: string): Promise<void> => {
      await request(shop.server).post(address).type('form').send(form);
    };
    const named = `reservationNumber=${record.invoiceNumber}`;
    const paid = `state=OK&status=2&${named}&referenceNumber=${receipt}`;
    for (const [twice, whole] of [
      [`reservationNumber=${other.invoiceNumber}`, paid],
      ['referenceNumber=another', paid],
      ['state=CanceledByUser', `state=Failed&${named}`],
      ['status=1', `status=3&${named}`],
    ] as const) {
      await send(`${twice}&${whole}`);
      await send(`${whole}&${twice}`);
    }
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.gateway.asked('verify-payment')).toEqual([]);
  });
});

test('invoice numbers and keys that differ by case, a blank or a look-alike open nothing', async () => {
  const shop = await openShop();
  const record = await shop.started();
  const { invoiceNumber, returnKey } = record;
  const swapped = returnKey.replace(/[a-z]/i, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  const persian = invoiceNumber.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
  const addresses = [
    [invoiceNumber, swapped],
    [invoiceNumber, `${returnKey}%20`],
    [invoiceNumber, `%20${returnKey}`],
    [invoiceNumber, `${returnKey}%00`],
    [invoiceNumber, `${returnKey}=`],
    [invoiceNumber, returnKey.slice(0, -1)],
    [invoiceNumber, '%ef%bb%bf' + returnKey],
    [`${invoiceNumber}%20`, returnKey],
    [`${invoiceNumber}%00`, returnKey],
    [`0${invoiceNumber}`, returnKey],
    [encodeURIComponent(persian), returnKey],
    [`%2e%2e/${invoiceNumber}`, returnKey],
  ];
  for (const [invoice, key] of addresses) {
    for (const room of ['pay', 'result', 'callback']) {
      const { status } = await request(shop.server).get(`/payment/${room}/${invoice}/${key}`);
      expect([room, invoice, key, status]).toEqual([room, invoice, key, 404]);
    }
  }
});

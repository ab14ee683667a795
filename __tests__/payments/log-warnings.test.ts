import type { PaymentRecord } from 'express-atipay';
import { openShop } from '../support/opened';
import { anOrder, MINUTE, type Shop } from '../support/shop';

/** What a person has to read: everything in the log that is no mere change of status. */
const lines = (shop: Shop): Shop['logs'] => shop.logs.filter(({ level }) => level !== 'info');

const warning = (fields: object, message: string) => ({ level: 'warn', fields, message });
const trouble = (fields: object, message: string) => ({ level: 'error', fields, message });

/** Where the buyer was sent, without what leads to every result. */
async function shown(shop: Shop, record: PaymentRecord, fields: Record<string, string>): Promise<string> {
  const response = await shop.comesBack(record, fields);
  const result = `${shop.origin}/payment/result/${record.invoiceNumber}/${record.returnKey}`;
  return (response.headers.get('location') ?? '').replace(result, 'the result');
}

async function paid(shop: Shop, order = anOrder()): Promise<PaymentRecord> {
  const record = await shop.started(order);
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  return shop.record(record.invoiceNumber);
}

const NOT_BELIEVED = 'A callback was not believed; nothing changed.';
const NO_INVOICE =
  'A callback named no invoice; nothing changed. If this happens to every buyer, something in front of the router reads bodies and keeps them.';
const ZEROS = '0'.repeat(20);

/** What comes, and the invoice number that may be told: none that nobody could have. */
const CLOSED: [
  what: string,
  reason: string,
  path: (record: PaymentRecord) => Partial<PaymentRecord>,
  told: string | undefined,
][] = [
  ['of an unknown invoice', 'unknownInvoice', () => ({ invoiceNumber: ZEROS }), ZEROS],
  ['of a word', 'unknownInvoice', () => ({ invoiceNumber: 'not-an-invoice' }), undefined],
  [
    'of an invoice and a digit',
    'unknownInvoice',
    (one) => ({ invoiceNumber: `${one.invoiceNumber}0` }),
    undefined,
  ],
  [
    'of a letter and an invoice',
    'unknownInvoice',
    (one) => ({ invoiceNumber: `x${one.invoiceNumber}` }),
    undefined,
  ],
];

test.each(CLOSED)(
  'a callback %s is told of as %s, its number only if it is one',
  async (_what, reason, path, told) => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack({ ...record, ...path(record) }, { referenceNumber: 'r' });
    expect(shop.told('forged')).toStrictEqual([{ reason, invoiceNumber: told }]);
    expect(lines(shop)).toStrictEqual([warning({ reason, invoiceNumber: told }, NOT_BELIEVED)]);
  },
);

test('a callback with a wrong key is told of without the payment', async () => {
  const shop = await openShop();
  const record = await shop.started();
  await shop.comesBack({ ...record, returnKey: 'x' }, { referenceNumber: 'r' });
  const told = { reason: 'wrongKey', invoiceNumber: record.invoiceNumber };
  expect(shop.told('forged')).toStrictEqual([told]);
  expect(lines(shop)).toStrictEqual([warning(told, NOT_BELIEVED)]);
});

test.each<[what: string, reason: string, fields: Partial<Record<string, string>>, message: string]>([
  ['names another invoice', 'otherInvoice', { reservationNumber: ZEROS }, NOT_BELIEVED],
  ['names no invoice', 'otherInvoice', { reservationNumber: undefined }, NO_INVOICE],
  ['comes from another terminal', 'otherTerminal', { terminalId: '99999999' }, NOT_BELIEVED],
  ['has no receipt', 'receiptMissing', { referenceNumber: undefined }, NOT_BELIEVED],
])('a callback that %s is told of with its payment', async (_what, reason, fields, message) => {
  const shop = await openShop({ terminalId: '12345678' });
  const record = await shop.started();
  await shop.comesBack(record, { referenceNumber: 'r', ...fields });
  const { invoiceNumber } = record;
  const payment = await shop.atipay.find(invoiceNumber);
  expect(shop.told('forged')).toStrictEqual([{ reason, invoiceNumber, payment }]);
  expect(lines(shop)).toStrictEqual([warning({ reason, invoiceNumber }, message)]);
});

test('a callback without a terminal is as good as one with the configured one', async () => {
  const shop = await openShop({ terminalId: '12345678' });
  const record = await shop.started();
  const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
  await shop.comesBack(record, { referenceNumber, terminalId: undefined });
  expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  expect(lines(shop)).toEqual([]);
});

describe('a receipt that is never verified is told of with that receipt', () => {
  const message = 'A receipt came that is never verified; the gateway returns its money.';

  test('when it is a second one for a paid payment', async () => {
    const shop = await openShop();
    const record = await paid(shop);
    const { invoiceNumber, orderId } = record;
    expect(await shown(shop, record, { referenceNumber: 'second' })).toBe('the result');
    expect(lines(shop)).toEqual([
      warning({ invoiceNumber, orderId, status: 'paid', referenceNumber: 'second' }, message),
    ]);
    expect(shop.told('late')).toEqual([
      { payment: await shop.atipay.find(invoiceNumber), referenceNumber: 'second' },
    ]);
  });

  test('when it is the one that was refused', async () => {
    const shop = await openShop();
    shop.gateway.replies['verify-payment'].push({ body: { errorCode: '-2' } });
    const record = await paid(shop);
    const { invoiceNumber, orderId, referenceNumber } = record;
    const payment = await shop.atipay.find(invoiceNumber);
    expect(await shown(shop, record, { referenceNumber: String(referenceNumber) })).toBe('the result');
    expect(lines(shop)).toEqual([
      warning({ invoiceNumber, orderId, status: 'failed', referenceNumber }, message),
    ]);
    expect(shop.told('late')).toEqual([{ payment, referenceNumber }]);
  });
});

test('a receipt of another payment is told of, and the buyer is shown that nothing is confirmed', async () => {
  const shop = await openShop();
  const { referenceNumber } = await paid(shop);
  const { invoiceNumber, orderId, ...second } = await shop.started();
  const shownNow = await shown(
    shop,
    { invoiceNumber, orderId, ...second },
    { referenceNumber: String(referenceNumber) },
  );
  expect(shownNow).toBe('the result?unconfirmed');
  expect(lines(shop)).toEqual([
    warning(
      { invoiceNumber, orderId, referenceNumber },
      'The receipt of another payment was presented; nothing changed.',
    ),
  ]);
  expect(shop.told('replay')).toEqual([{ payment: await shop.atipay.find(invoiceNumber), referenceNumber }]);
});

test('the gateway’s word for a failure is shown as the outcome, not as unconfirmed', async () => {
  const shop = await openShop();
  expect(await shown(shop, await shop.started(), { state: 'Failed', status: '3' })).toBe('the result');
  expect(lines(shop)).toEqual([]);
});

test('each ask without an answer is told of with its number and with what came instead', async () => {
  const shop = await openShop();
  const record = await shop.started();
  const replies = [500, 502, 503].map((status) => ({ status, body: '' }));
  shop.gateway.replies['verify-payment'].push(...replies);
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  const { invoiceNumber, orderId } = record;
  const says = (status: number): string =>
    `AtiPay gave no usable answer to verify-payment: HTTP status ${status}.`;
  expect(lines(shop)).toEqual(
    [500, 502, 503].map((status, before) =>
      warning({ invoiceNumber, orderId, account: 'default', verifyAttempts: before + 1 }, says(status)),
    ),
  );
  const payment = await shop.atipay.find(invoiceNumber);
  expect(shop.told('gatewayError')).toEqual(
    [500, 502, 503].map((status) => ({
      operation: 'verify-payment',
      payment,
      error: expect.objectContaining({
        code: 'ERR_ATIPAY_GATEWAY_UNAVAILABLE',
        message: says(status),
      }) as object,
    })),
  );
});

test.each<[what: string, stillPayable: () => boolean, err: Error]>([
  [
    'throws',
    () => {
      throw new Error('the orders are away');
    },
    new Error('the orders are away'),
  ],
  [
    'answers neither true nor false',
    () => undefined as unknown as boolean,
    new TypeError('stillPayable must answer true or false, not undefined'),
  ],
])('a stillPayable that %s is told of each time it is asked', async (_what, stillPayable, err) => {
  const shop = await openShop({ stillPayable });
  const { invoiceNumber, orderId } = await paid(shop);
  const line = trouble({ err, invoiceNumber, orderId }, 'stillPayable threw; it is asked again.');
  expect(lines(shop)).toEqual([line, line]);
  await shop.sweepAfter(MINUTE);
  expect(lines(shop)).toEqual([line, line, line]);
});

test('a receipt is kept although the database goes away then: the buyer is sent on, and the sweep goes on', async () => {
  let stillPayable = (): boolean => true;
  const shop = await openShop({ stillPayable: () => stillPayable() });
  const record = await shop.started();
  const { invoiceNumber, orderId } = record;
  const findByOrder = shop.store.findByOrder.bind(shop.store);
  stillPayable = () => undefined as unknown as boolean;
  shop.store.findByOrder = () => Promise.reject(new Error('the database is away'));
  const referenceNumber = shop.gateway.receipt(invoiceNumber);
  expect(await shown(shop, record, { referenceNumber })).toBe('the result');
  expect(await shop.record(invoiceNumber)).toMatchObject({
    status: 'received',
    referenceNumber,
    dueAt: shop.now + 30_000,
  });
  expect(lines(shop).slice(1)).toEqual([
    trouble(
      { err: new Error('the database is away'), invoiceNumber, orderId },
      'A payment could not be finished; the sweep goes on.',
    ),
  ]);

  shop.store.findByOrder = findByOrder;
  stillPayable = () => true;
  expect(await shop.sweepAfter(30_000)).toMatchObject({ due: 1, paid: 1 });
});

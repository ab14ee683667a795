import type { PaymentRecord } from 'express-atipay';
import { helpFor } from '../../lib/errors';
import { eventsOf } from '../support/history';
import { openShop } from '../support/opened';
import { anOrder, MINUTE, type Shop } from '../support/shop';

/** Everything in the log that is no mere change of status. */
const lines = (shop: Shop): Shop['logs'] => shop.logs.filter(({ level }) => level !== 'info');

const warning = (fields: object, message: string) => ({ level: 'warn', fields, message });
const trouble = (fields: object, message: string) => ({ level: 'error', fields, message });

/** Where the buyer was sent, without the common beginning of result addresses. */
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

test('a callback without a terminal is as good as one with the configured one', async () => {
  const shop = await openShop({ terminalId: '12345678' });
  const record = await shop.started();
  const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
  await shop.comesBack(record, { referenceNumber, terminalId: undefined });
  expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  expect(lines(shop)).toEqual([]);
});

describe('a receipt that is never verified is reported with that receipt', () => {
  const message = 'A receipt came that is never verified; the gateway returns its money.';

  test('when it is a second one for a paid payment', async () => {
    const shop = await openShop();
    const record = await paid(shop);
    const { invoiceNumber, orderId } = record;
    expect(await shown(shop, record, { referenceNumber: 'second' })).toBe('the result');
    expect(lines(shop)).toEqual([
      warning(
        { invoiceNumber, orderId, account: 'default', status: 'paid', referenceNumber: 'second' },
        message,
      ),
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
    shop.logs.length = 0;
    expect(await shown(shop, record, { referenceNumber: String(referenceNumber) })).toBe('the result');
    expect(lines(shop)).toEqual([
      warning({ invoiceNumber, orderId, account: 'default', status: 'failed', referenceNumber }, message),
    ]);
    expect(shop.told('late')).toEqual([{ payment, referenceNumber }]);
  });
});

test('a receipt of another payment is reported, and the buyer is shown that nothing is confirmed', async () => {
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
      { invoiceNumber, orderId, account: 'default', status: 'pending', referenceNumber },
      'The receipt of another payment was presented; nothing changed.',
    ),
  ]);
  expect(shop.told('replay')).toEqual([{ payment: await shop.atipay.find(invoiceNumber), referenceNumber }]);
});

test('a failure that the gateway names is shown as the outcome, not as unconfirmed', async () => {
  const shop = await openShop();
  expect(await shown(shop, await shop.started(), { state: 'Failed', status: '3' })).toBe('the result');
  expect(lines(shop)).toEqual([]);
});

test('each attempt without an answer is reported with its number and with the answer in its place', async () => {
  const shop = await openShop();
  const record = await shop.started();
  const replies = [500, 502, 503].map((status) => ({ status, body: '' }));
  shop.gateway.replies['verify-payment'].push(...replies);
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  const { invoiceNumber, orderId } = record;
  const says = (status: number): string =>
    `AtiPay gave no usable answer to verify-payment: HTTP status ${status}. The URL was ${shop.gateway.url}/verify-payment.`;
  expect(lines(shop)).toEqual(
    [500, 502, 503].map((status, before) =>
      warning(
        {
          invoiceNumber,
          orderId,
          account: 'default',
          status: 'verifying',
          attempt: before + 1,
          reason: null,
          help: helpFor('ERR_ATIPAY_GATEWAY_UNAVAILABLE'),
        },
        says(status),
      ),
    ),
  );
  expect(shop.told('gatewayError')).toEqual(
    [500, 502, 503].map((status) => ({
      operation: 'verify-payment',
      payment: expect.objectContaining({ invoiceNumber, status: 'verifying' }) as object,
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
])('a stillPayable that %s is reported each time it is asked', async (_what, stillPayable, err) => {
  const shop = await openShop({ stillPayable });
  const { invoiceNumber, orderId } = await paid(shop);
  const line = trouble({ err, invoiceNumber, orderId }, 'stillPayable threw; it is asked again.');
  expect(lines(shop)).toEqual([line]);
  await shop.sweepAfter(MINUTE);
  expect(lines(shop)).toEqual([line, line]);
});

test('a receipt is kept although the database goes away then: the buyer is sent on, and the sweep goes on', async () => {
  const shop = await openShop();
  const record = await shop.started();
  const { invoiceNumber, orderId } = record;
  const update = shop.store.update.bind(shop.store);
  const away = new Error('the database is away');
  shop.store.update = (next, read) => (next.status === 'paid' ? Promise.reject(away) : update(next, read));
  const referenceNumber = shop.gateway.receipt(invoiceNumber);
  expect(await shown(shop, record, { referenceNumber })).toBe('the result');
  expect(await shop.record(invoiceNumber)).toMatchObject({
    status: 'verifying',
    referenceNumber,
    dueAt: shop.now + 2 * MINUTE,
  });
  expect(lines(shop)).toEqual([
    trouble({ err: away, invoiceNumber, orderId }, 'A payment could not be finished; the sweep goes on.'),
  ]);

  shop.store.update = update;
  expect(await shop.sweepAfter(2 * MINUTE)).toMatchObject({ due: 1, paid: 1 });
  expect(eventsOf(await shop.atipay.history(invoiceNumber)).slice(2)).toEqual([
    'claimed',
    'verifyLost',
    'amountConfirmed',
    'hookDelivered',
  ]);
});

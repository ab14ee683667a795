import type { PaymentRecord } from 'express-atipay';
import { openShop } from '../support/opened';
import type { Shop } from '../support/shop';

/** Everything in the log that is no mere change of status. */
const lines = (shop: Shop): Shop['logs'] => shop.logs.filter(({ level }) => level !== 'info');
const warning = (fields: object, message: string) => ({ level: 'warn', fields, message });

const NOT_BELIEVED = 'A callback was not believed; nothing changed.';
const NO_INVOICE =
  'A callback named no invoice; nothing changed. If this happens to every buyer, something in front of the router reads bodies and keeps them.';
const NO_STATE =
  'A callback had no readable state; nothing changed. If this happens to every buyer, something in front of the router reads bodies and keeps them.';
const SANITIZED =
  'A callback brought a receipt with characters that receipts do not have; it was not believed, and the payment can still be made. ' +
  'If this happens often, a sanitizer in front of the router escapes form fields (for example / as &#x2F;): mount the router before it.';
const EMPTY = Object.fromEntries(
  ['state', 'status', 'referenceNumber', 'reservationNumber', 'terminalId', 'traceNumber'].map((name) => [
    name,
    undefined,
  ]),
);
const ZEROS = '0'.repeat(20);

/** Callbacks, and the reported invoice number: none for a text that could not be one. */
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
  'a callback %s is reported as %s, its number only if it can be one',
  async (_what, reason, path, told) => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack({ ...record, ...path(record) }, { referenceNumber: 'r' });
    const fields = { reason, invoiceNumber: told, address: '127.0.0.1', count: 1 };
    expect(shop.told('forged')).toStrictEqual([fields]);
    expect(lines(shop)).toStrictEqual([warning(fields, NOT_BELIEVED)]);
  },
);

test('a callback with a wrong key is reported without the payment', async () => {
  const shop = await openShop();
  const record = await shop.started();
  await shop.comesBack({ ...record, returnKey: 'x' }, { referenceNumber: 'r' });
  const told = {
    reason: 'wrongKey',
    invoiceNumber: record.invoiceNumber,
    address: '127.0.0.1',
    count: 1,
  };
  expect(shop.told('forged')).toStrictEqual([told]);
  expect(lines(shop)).toStrictEqual([warning(told, NOT_BELIEVED)]);
});

test.each<[what: string, reason: string, fields: Partial<Record<string, string>>, message: string]>([
  ['names another invoice', 'otherInvoice', { reservationNumber: ZEROS }, NOT_BELIEVED],
  ['names no invoice', 'invoiceMissing', { reservationNumber: undefined }, NO_INVOICE],
  ['comes from another terminal', 'otherTerminal', { terminalId: '99999999' }, NOT_BELIEVED],
  ['has no receipt', 'receiptMissing', { referenceNumber: undefined }, NOT_BELIEVED],
  ['has a receipt escaped by a sanitizer', 'receiptUnusable', { referenceNumber: 'a&#x2F;b' }, SANITIZED],
  ['is empty', 'malformed', EMPTY, NO_STATE],
  ['has an unknown state', 'unknownState', { state: 'Exploded', status: '99' }, NOT_BELIEVED],
])(
  'a callback that %s is reported with its payment, and with what to look for',
  async (_what, reason, fields, message) => {
    const shop = await openShop({ terminalId: '12345678' });
    const record = await shop.started();
    await shop.comesBack(record, { referenceNumber: 'r', ...fields });
    const { invoiceNumber } = record;
    const payment = await shop.atipay.find(invoiceNumber);
    const told = { reason, invoiceNumber, address: '127.0.0.1', count: 1 };
    expect(shop.told('forged')).toStrictEqual([{ ...told, payment }]);
    expect(lines(shop)).toStrictEqual([warning(told, message)]);
  },
);

test('such callbacks are counted for each invoice, of every reason', async () => {
  const shop = await openShop();
  const [record, other] = [await shop.started(), await shop.started()];
  await shop.comesBack({ ...record, returnKey: 'x' }, { referenceNumber: 'r' });
  await shop.comesBack(record, { referenceNumber: undefined });
  await shop.comesBack(other, { referenceNumber: undefined });
  expect(shop.told('forged').map(({ count }) => count)).toEqual([1, 2, 1]);
});

describe('callbacks that come again for a decided payment', () => {
  const again = async (shop: Shop, record: PaymentRecord, times: number): Promise<void> => {
    const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
    for (let time = 0; time < times; time += 1) await shop.comesBack(record, { referenceNumber });
  };

  test('are reported at 10, 100 and so on, since a reload is one', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await again(shop, record, 1 + 110);
    const { invoiceNumber, orderId } = record;
    const repeat = { invoiceNumber, orderId, status: 'paid', address: '127.0.0.1' };
    expect(lines(shop)).toEqual(
      [10, 100].map((count) =>
        warning(
          { ...repeat, count },
          `${count} callbacks came for a payment that is decided; they changed nothing.`,
        ),
      ),
    );
    expect(shop.told('repeated')).toMatchObject([{ count: 10 }, { count: 100 }]);
  });

  test('are not counted while it is not decided', async () => {
    const shop = await openShop();
    const { record } = await shop.unanswered();
    await again(shop, record, 10);
    expect(shop.told('repeated')).toEqual([]);
  });
});

test('the second payment of a paid order leads to its own result', async () => {
  const shop = await openShop({ onFailure: () => undefined });
  const order = { orderId: 'A-1', amount: 25_000, cellNumber: '09120000000' };
  const [first, second] = [await shop.started(order), await shop.started(order)];
  await shop.comesBack(first, { referenceNumber: shop.gateway.receipt(first.invoiceNumber) });
  const { headers } = await shop.comesBack(second, {
    referenceNumber: shop.gateway.receipt(second.invoiceNumber),
  });
  expect(headers.get('location')).toMatch(new RegExp(`/result/${second.invoiceNumber}/${second.returnKey}$`));
});

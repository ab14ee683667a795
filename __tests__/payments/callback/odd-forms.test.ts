import { openShop } from '../../support/opened';
import type { Shop } from '../../support/shop';
import type { PaymentRecord } from 'express-atipay';
import { statusOf, verifies } from './scene';

/** Posts a form to the payment's callback, exactly as it is. */
const post = (shop: Shop, record: PaymentRecord, form: string): Promise<Response> =>
  shop.post(`/payment/callback/${record.invoiceNumber}/${record.returnKey}`, form, {
    'Content-Type': 'application/x-www-form-urlencoded',
  });

const receiptIn = (shop: Shop, record: PaymentRecord): string =>
  encodeURIComponent(shop.gateway.receipt(record.invoiceNumber));

describe('a cancellation behind the right key counts', () => {
  test.each<[string, (record: PaymentRecord) => string]>([
    ['without its reservationNumber', () => 'state=CanceledByUser&status=1'],
    ['with an empty reservationNumber', () => 'state=CanceledByUser&status=1&reservationNumber='],
    [
      'with capitalised names',
      ({ invoiceNumber }) => `State=CanceledByUser&Status=1&ReservationNumber=${invoiceNumber}`,
    ],
    ['sent twice in one form', () => 'state=CanceledByUser&status=1&state=CanceledByUser&status=1'],
    ['by its status alone', () => 'status=1'],
    ['written Canceled By User', () => 'state=Canceled+By+User&status='],
  ])('%s', async (_how, form) => {
    const shop = await openShop();
    const record = await shop.started();
    expect((await post(shop, record, form(record))).status).toBe(303);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      status: 'failed',
      failureReason: 'CanceledByUser',
    });
    expect(shop.hooks.map(({ hook }) => hook)).toEqual(['onFailure']);
    expect(shop.told('forged')).toEqual([]);
  });
});

describe('a form behind the right key that says nothing shows "not confirmed", and the buyer can go on', () => {
  test.each([
    ['an empty body', ''],
    ['no field that is known', 'a=1&b=2'],
    ['a state that contradicts itself', 'state=CanceledByUser&state=Failed'],
    ['an unknown state', 'state=Exploded&status=99'],
    ['a state of another gateway', 'state=PENDING&status='],
  ])('%s', async (_what, form) => {
    const shop = await openShop();
    const record = await shop.started();
    const response = await post(shop, record, form);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toMatch(/\?unconfirmed$/);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.told('forged')).toHaveLength(1);
    await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    expect(await statusOf(shop, record)).toBe('paid');
  });

  test.each(['', 'state=CanceledByUser&status=1'])('behind a wrong key %j is no such page', async (form) => {
    const shop = await openShop();
    const record = await shop.started();
    expect((await post(shop, { ...record, returnKey: 'x' }, form)).status).toBe(404);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
  });
});

describe('a receipt is worth a verify', () => {
  test.each([
    ['state=Ok&status=2'],
    ['state=OK&status=3'],
    ['state=+ok+&status='],
    ['status=2'],
    ['state=Exploded&status=2'],
    ['state=CanceledByUser&status=2'],
    ['STATE=OK&Status=0'],
  ])('with %s', async (form) => {
    const shop = await openShop();
    const record = await shop.started();
    const receipt = receiptIn(shop, record);
    await post(shop, record, `${form}&reservationNumber=${record.invoiceNumber}&referenceNumber=${receipt}`);
    expect(await statusOf(shop, record)).toBe('paid');
    expect(verifies(shop)).toEqual([decodeURIComponent(receipt)]);
  });

  test.each(['state=Failed&status=3', 'state=Exploded&status=99', 'state=&status='])(
    'not with %s',
    async (form) => {
      const shop = await openShop();
      const record = await shop.started();
      const receipt = receiptIn(shop, record);
      await post(
        shop,
        record,
        `${form}&reservationNumber=${record.invoiceNumber}&referenceNumber=${receipt}`,
      );
      expect(verifies(shop)).toEqual([]);
    },
  );

  test('that is never believed without its payment’s invoice: it could be another one’s', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await post(shop, record, `state=OK&status=2&referenceNumber=${receiptIn(shop, record)}`);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.told('forged')).toMatchObject([{ reason: 'invoiceMissing' }]);
  });
});

describe('a receipt that something in front has changed is not believed, and its payment can still be paid', () => {
  test.each<[string, (receipt: string) => string]>([
    ['a slash as a hexadecimal entity', (receipt) => receipt.replaceAll('/', '&#x2F;')],
    ['a slash as a decimal entity', (receipt) => receipt.replaceAll('/', '&#47;')],
    ['entities escaped twice', (receipt) => receipt.replaceAll('/', '&amp;#x2F;')],
    ['percent signs', (receipt) => encodeURIComponent(receipt)],
    ['a plus read as a blank', (receipt) => receipt.replace('/', ' ')],
  ])('%s', async (_how, change) => {
    const shop = await openShop();
    const record = await shop.started();
    const receipt = shop.gateway.receipt(record.invoiceNumber);
    const response = await shop.comesBack(record, { referenceNumber: change(receipt) });
    expect(response.headers.get('location')).toMatch(/\?unconfirmed$/);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.logs).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('sanitizer') as string }),
    );
    await shop.comesBack(record, { referenceNumber: receipt });
    expect(await statusOf(shop, record)).toBe('paid');
  });
});

import { MemoryPaymentStore, type PaymentRecord } from 'express-atipay';
import { crowd } from '../../support/crowd';
import { openShop } from '../../support/opened';
import { held } from '../../support/scripted-gateway';
import { sharing } from '../../support/sharing';
import { anOrder, type Shop } from '../../support/shop';
import { until } from '../../support/until';
import { back, statusOf, verifies } from './scene';

describe('an OK with a receipt', () => {
  test('is verified and paid, and the shop’s hook is called once', async () => {
    const shop = await openShop();
    const { record, receipt } = await back(shop);
    expect(record).toMatchObject({
      status: 'paid',
      referenceNumber: receipt,
      orderKey: record.orderId,
      verifyAttempts: 1,
      receiptKey: receipt.toLowerCase(),
      traceNumber: '654321',
      terminalId: '12345678',
      maskedPan: '603799******1234',
      cardEnd: '1234',
      rrn: '123456789012',
      verifiedAt: shop.now,
      hookDeliveredAt: shop.now,
      dueAt: null,
    });
    expect(verifies(shop)).toEqual([receipt]);
    expect(shop.hooks).toMatchObject([
      { hook: 'onSuccess', payment: { status: 'paid', referenceNumber: receipt, amount: 25_000 } },
    ]);
  });

  test('sends the buyer to the result with 303', async () => {
    const shop = await openShop();
    const record = await shop.started();
    const response = await shop.comesBack(record, {
      referenceNumber: shop.gateway.receipt(record.invoiceNumber),
    });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(
      `${shop.origin}/payment/result/${record.invoiceNumber}/${record.returnKey}`,
    );
  });

  test('costs three durable writes after get-token: claim, paid, delivered', async () => {
    const rows = new MemoryPaymentStore({ quiet: true });
    const writes: string[] = [];
    const update: typeof rows.update = (next, read) => {
      writes.push(`${read.status} → ${next.status}`);
      return rows.update(next, read);
    };
    const shop = await openShop({ store: sharing(rows, { update }) });
    await back(shop);
    expect(writes).toEqual(['created → pending', 'pending → verifying', 'verifying → paid', 'paid → paid']);
  });

  test('sent 20 times at once is verified once, its hook called once, and every sender gets the result', async () => {
    const shop = await openShop({ stillPayable: crowd(20) });
    const record = await shop.started();
    const receipt = shop.gateway.receipt(record.invoiceNumber);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => shop.comesBack(record, { referenceNumber: receipt })),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 303));
    expect(verifies(shop)).toEqual([receipt]);
    expect(shop.hooks.map((call) => call.hook)).toEqual(['onSuccess']);
    expect(await statusOf(shop, record)).toBe('paid');
  });

  test('of a payment without a token is forged: no buyer has seen one', async () => {
    const shop = await openShop();
    const { reply, release } = held({ body: { status: '1', token: 't' } });
    shop.gateway.replies['get-token'].push(reply);
    const starting = shop.atipay.start(anOrder({ orderId: 'early' })).catch((error: unknown) => error);
    const record = await created(shop, 'early');
    await shop.comesBack(record, { referenceNumber: 'earlyReceipt' });
    expect(await statusOf(shop, record)).toBe('created');
    expect(shop.told('forged')).toMatchObject([{ reason: 'noTokenYet' }]);
    release();
    expect(await starting).toMatchObject({ payment: { status: 'pending' } });
    expect(verifies(shop)).toEqual([]);
  });

  test('for a failed payment is never verified, and reported as late', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack(record, { state: 'CanceledByUser', status: '1' });
    const before = await shop.record(record.invoiceNumber);
    const receipt = shop.gateway.receipt(record.invoiceNumber);
    const response = await shop.comesBack(record, { referenceNumber: receipt });
    expect(response.status).toBe(303);
    expect(await shop.record(record.invoiceNumber)).toEqual(before);
    expect(shop.told('late')).toMatchObject([{ referenceNumber: receipt }]);
    expect(verifies(shop)).toEqual([]);
  });

  test('presented again for a paid payment starts nothing and reports nothing', async () => {
    const shop = await openShop();
    const { record, receipt } = await back(shop);
    const told = shop.events.length;
    expect((await shop.comesBack(record, { referenceNumber: receipt })).status).toBe(303);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.events).toHaveLength(told);
    expect(verifies(shop)).toHaveLength(1);
  });

  test('with another receipt for a paid payment is reported with that receipt and never verified', async () => {
    const shop = await openShop();
    const { record } = await back(shop);
    const second = shop.gateway.receipt(record.invoiceNumber);
    await shop.comesBack(record, { referenceNumber: second });
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.told('late')).toMatchObject([{ referenceNumber: second, payment: { status: 'paid' } }]);
    expect(verifies(shop)).not.toContain(second);
  });

  test.each([
    ['again', 0],
    ['with another receipt', 1],
  ])('while a payment is being verified, %s, starts nothing', async (_how, reports) => {
    const shop = await openShop();
    const { record, receipt } = await shop.unanswered();
    const asked = verifies(shop).length;
    const presented = reports === 0 ? receipt : shop.gateway.receipt(record.invoiceNumber);
    await shop.comesBack(record, { referenceNumber: presented });
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(verifies(shop)).toHaveLength(asked);
    expect(shop.told('late')).toHaveLength(reports);
  });

  test('again with its receipt in other letters is the same receipt: nothing is reported', async () => {
    const shop = await openShop();
    const { record, receipt } = await back(shop);
    await shop.comesBack(record, { referenceNumber: receipt.toUpperCase() });
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.told('late')).toEqual([]);
  });
});

async function created(shop: Shop, orderId: string): Promise<PaymentRecord> {
  let records: PaymentRecord[] = [];
  await until(async () => {
    records = await shop.store.findByOrder('default', orderId);
    return records.length > 0;
  });
  const [record] = records;
  if (!record) throw new Error('unreachable');
  return record;
}

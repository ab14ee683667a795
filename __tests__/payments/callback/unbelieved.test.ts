import { openShop } from '../../support/opened';
import { statusOf, verifies } from './scene';

describe('a callback that is not believed changes nothing and is reported', () => {
  test.each([
    ['without a receipt', { referenceNumber: undefined }, 'receiptMissing'],
    ['with an empty receipt', { referenceNumber: ' ' }, 'receiptMissing'],
    ['with a receipt that no gateway makes', { referenceNumber: 'Receipt&#x2F;1' }, 'receiptUnusable'],
    [
      'without a state and a status',
      { referenceNumber: 'r', state: undefined, status: undefined },
      'malformed',
    ],
    ['in an unknown state', { state: 'Exploded', status: '99' }, 'unknownState'],
    [
      'with an OK that names no invoice',
      { referenceNumber: 'r', reservationNumber: undefined },
      'invoiceMissing',
    ],
    ['of another invoice', { referenceNumber: 'r', reservationNumber: '1'.repeat(20) }, 'otherInvoice'],
    ['of two invoices', { referenceNumber: 'r', reservationNumber: '1\n2' }, 'otherInvoice'],
    [
      'of a failure of another invoice',
      { state: 'Failed', reservationNumber: '1'.repeat(20) },
      'otherInvoice',
    ],
  ])('%s: the buyer is shown that it is not confirmed', async (_how, fields, reason) => {
    const shop = await openShop();
    const record = await shop.started();
    const response = await shop.comesBack(record, fields);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.told('forged')).toMatchObject([{ reason, invoiceNumber: record.invoiceNumber }]);
    expect(response.status).toBe(303);
    const page = await fetch(response.headers.get('location') ?? '');
    expect(await page.text()).toContain('not confirmed');
    expect(verifies(shop)).toEqual([]);
  });

  test('and the buyer can still pay', async () => {
    const shop = await openShop();
    const record = await shop.started();
    const receipt = shop.gateway.receipt(record.invoiceNumber);
    await shop.comesBack(record, { referenceNumber: receipt.replaceAll('/', '&#x2F;') });
    await shop.comesBack(record, { referenceNumber: receipt });
    expect(await statusOf(shop, record)).toBe('paid');
  });

  test('from another terminal than the configured one', async () => {
    const shop = await openShop({ terminalId: '99999999' });
    const record = await shop.started();
    await shop.comesBack(record, { referenceNumber: 'r', terminalId: '12345678' });
    await shop.comesBack(record, { state: 'Failed', status: '3', terminalId: '12345678' });
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.told('forged')).toMatchObject([{ reason: 'otherTerminal' }, { reason: 'otherTerminal' }]);
  });

  test('with a wrong key or of an unknown invoice: one neutral page for all', async () => {
    const shop = await openShop();
    const [record, other] = [await shop.started(), await shop.started()];
    const answers = [
      await shop.comesBack({ ...record, returnKey: other.returnKey }, { referenceNumber: 'r' }),
      await shop.comesBack({ ...record, invoiceNumber: '0'.repeat(20) }, { referenceNumber: 'r' }),
      await shop.comesBack({ ...record, invoiceNumber: 'not-an-invoice' }, { referenceNumber: 'r' }),
      await shop.comesBack({ ...record, returnKey: other.returnKey }, { state: 'Failed', status: '3' }),
    ];
    const seen = await Promise.all(
      answers.map(async (answer) => {
        const headers = Object.fromEntries(answer.headers);
        delete headers['date'];
        return { status: answer.status, headers, body: await answer.text() };
      }),
    );
    expect(seen[0]?.status).toBe(404);
    for (const answer of seen) expect(answer).toEqual(seen[0]);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(await shop.record(other.invoiceNumber)).toEqual(other);
    expect(shop.told('forged').map((detail) => detail['reason'])).toEqual([
      'wrongKey',
      'unknownInvoice',
      'unknownInvoice',
      'wrongKey',
    ]);
    expect(verifies(shop)).toEqual([]);
  });
});

import { MemoryPaymentStore, type PaymentStore } from 'express-atipay';
import { openShop } from '../support/opened';
import { sharing } from '../support/sharing';
import { HOUR } from '../support/shop';

const openRows = (): MemoryPaymentStore => new MemoryPaymentStore({ quiet: true });

describe('a store whose reads lag behind its writes', () => {
  test('is named as such after a few reads, and nothing is written twice', async () => {
    const rows = openRows();
    const shop = await openShop({ store: rows });
    const stale = await shop.started();
    await shop.comesBack(stale, { state: 'CanceledByUser', status: '1' });
    const find = jest.fn(() => Promise.resolve({ ...stale }));
    const due: PaymentStore['due'] = ({ statuses }) =>
      Promise.resolve(statuses.includes(stale.status) ? [{ ...stale }] : []);
    const replica = await openShop({ store: sharing(rows, { find, due }), recovery: false });
    replica.now = shop.now;
    await replica.sweepAfter(2 * HOUR);
    expect(find.mock.calls.length).toBeLessThan(10);
    expect(replica.trouble).toMatchObject([
      {
        level: 'error',
        fields: { invoiceNumber: stale.invoiceNumber, err: { code: 'ERR_ATIPAY_STORE' } },
      },
    ]);
    expect(String(replica.trouble[0]?.fields['err'])).toContain('do not read from a replica');
    expect((await shop.record(stale.invoiceNumber)).failureReason).toBe('CanceledByUser');
  });

  test('is waited for when it catches up', async () => {
    const rows = openRows();
    const shop = await openShop({ store: rows });
    const stale = await shop.started();
    await shop.comesBack(stale, { state: 'CanceledByUser', status: '1' });
    let reads = 0;
    const find = (invoiceNumber: string) =>
      (reads += 1) < 3 ? Promise.resolve({ ...stale }) : rows.find(invoiceNumber);
    const due = (): ReturnType<PaymentStore['due']> => Promise.resolve(reads < 3 ? [{ ...stale }] : []);
    const replica = await openShop({ store: sharing(rows, { find, due }), recovery: false });
    replica.now = shop.now;
    await replica.sweepAfter(2 * HOUR);
    expect([reads, replica.trouble]).toEqual([3, []]);
  });
});

test('a row that cannot be read is an error that names its invoice, and the sweep goes on', async () => {
  const rows = openRows();
  const spoilt = new SyntaxError('Unexpected end of JSON input');
  const due: PaymentStore['due'] = (query) => {
    query.onUnreadable('17000000000000000001', spoilt);
    return rows.due(query);
  };
  const shop = await openShop({ store: sharing(rows, { due }) });
  const record = await shop.started();
  await shop.sweepAfter(2 * HOUR);
  expect((await shop.record(record.invoiceNumber)).failureReason).toBe('Abandoned');
  const errors = shop.logs.filter(({ level }) => level === 'error');
  expect(errors.length).toBeGreaterThan(0);
  for (const { fields, message } of errors) {
    expect(fields).toEqual({ err: spoilt, invoiceNumber: '17000000000000000001' });
    expect(message).toContain('skipped until its row is repaired');
  }
});

test('a sweep works on payments whose buyers wait before it ends the abandoned ones', async () => {
  const statuses: string[] = [];
  const rows = openRows();
  const due: PaymentStore['due'] = (query) => {
    statuses.push(query.statuses.join());
    return rows.due(query);
  };
  const shop = await openShop({ store: sharing(rows, { due }) });
  await shop.sweepAfter(HOUR);
  expect(statuses).toEqual(['verifying', 'received', 'paid,failed,review', 'created,pending']);
});

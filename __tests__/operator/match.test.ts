import { MemoryPaymentStore, type PaymentRecord } from 'express-atipay';
import { operatorOver, type Operator } from '../../lib/operator/operator';
import { matchRows } from '../../lib/operator/reconcile/match';
import type { ReportRow } from '../../lib/operator/reconcile/report';
import { HOUR } from '../../lib/operator/dates';
import { aRecord, NOW } from '../support/record';

let invoices = 0;
/** A paid payment, with an invoice number of its own. */
function aPaid(changes: Partial<PaymentRecord> = {}): PaymentRecord {
  invoices += 1;
  const number = String(invoices).padStart(4, '0');
  return aRecord({
    ...{ status: 'paid', invoiceNumber: `1700000000000000${number}`, orderId: `A-${number}` },
    ...{ returnKey: `key-${number}`, verifiedAt: NOW, hookDeliveredAt: NOW, dueAt: null },
    ...changes,
  });
}

const aRow = (changes: Partial<ReportRow> = {}): ReportRow => ({
  ...{ line: 2, receipt: '', invoice: '', rrn: '', trace: '', terminal: '' },
  ...{ amount: 250_000, at: undefined },
  ...changes,
});

async function operatorWith(payments: readonly PaymentRecord[]): Promise<Operator> {
  const store = new MemoryPaymentStore({ quiet: true });
  for (const payment of payments) await store.insert(payment);
  return operatorOver(store, 'default');
}

const RRN = '123456789012';
const matched = async (payments: readonly PaymentRecord[], row: ReportRow): Promise<string | undefined> =>
  (await matchRows(await operatorWith(payments), [row]))[0]?.invoiceNumber;

describe('an RRN', () => {
  test('counts beside the terminal, for any amount', async () => {
    const payment = aPaid({ rrn: RRN, terminalId: '1', amount: 900 });
    expect(await matched([payment], aRow({ rrn: RRN, terminal: '1' }))).toBe(payment.invoiceNumber);
  });

  test.each([
    ['the report names none', {}, '1'],
    ['the payment names none', { terminal: '1' }, null],
  ])('counts beside an equal amount, where %s', async (_what, row, terminalId) => {
    const payment = aPaid({ rrn: RRN, terminalId });
    expect(await matched([payment], aRow({ rrn: RRN, ...row }))).toBe(payment.invoiceNumber);
    expect(await matched([payment], aRow({ rrn: RRN, ...row, amount: 1 }))).toBeUndefined();
  });

  test('of another terminal does not count, though the amount is equal', async () => {
    const payment = aPaid({ rrn: RRN, terminalId: '1' });
    expect(await matched([payment], aRow({ rrn: RRN, terminal: '2' }))).toBeUndefined();
  });
});

describe('of several payments that fit', () => {
  const both = { rrn: RRN, terminalId: '1' };
  const row = aRow({ rrn: RRN, terminal: '1', at: NOW });

  test('the paid one is meant', async () => {
    const failed = aPaid({ ...both, status: 'failed' });
    const paid = aPaid({ ...both, verifiedAt: NOW - 5 * HOUR, amount: 1 });
    expect(await matched([failed, paid], row)).toBe(paid.invoiceNumber);
    expect(await matched([paid, failed], row)).toBe(paid.invoiceNumber);
  });

  test('of paid ones, the one of the right amount', async () => {
    const wrong = aPaid({ ...both, amount: 1 });
    const right = aPaid({ ...both, verifiedAt: NOW - 5 * HOUR });
    expect(await matched([wrong, right], row)).toBe(right.invoiceNumber);
    expect(await matched([right, wrong], row)).toBe(right.invoiceNumber);
  });

  test('of those, the one that is nearest in time, by its creation where it was confirmed by hand', async () => {
    const far = aPaid({ ...both, verifiedAt: NOW - 5 * HOUR });
    const near = aPaid({ ...both, verifiedAt: null, createdAt: NOW - HOUR });
    expect(await matched([far, near], row)).toBe(near.invoiceNumber);
    expect(await matched([near, far], row)).toBe(near.invoiceNumber);
  });

  test('without a time in the report, one of them', async () => {
    const payments = [aPaid(both), aPaid(both)];
    const found = await matched(payments, aRow({ rrn: RRN, terminal: '1' }));
    expect(payments.map(({ invoiceNumber }) => invoiceNumber)).toContain(found);
  });
});

test('a row is looked up by its surest number: receipt, invoice, RRN, then trace number', async () => {
  const receipt = aPaid({ referenceNumber: 'Receipt/1', receiptKey: 'receipt/1' });
  const invoice = aPaid();
  const rrn = aPaid({ rrn: RRN, terminalId: '1' });
  const trace = aPaid({ traceNumber: '812551', terminalId: '1' });
  const numbers = { rrn: RRN, trace: '812551', terminal: '1', invoice: invoice.invoiceNumber };
  const payments = [receipt, invoice, rrn, trace];
  const rows = [
    aRow({ ...numbers, receipt: 'RECEIPT/1' }),
    aRow(numbers),
    aRow({ ...numbers, invoice: '' }),
    aRow({ trace: '812551', terminal: '1' }),
    aRow({ trace: '812551', terminal: '1', amount: 1 }),
  ];
  const found = [receipt, invoice, rrn, trace, undefined].map((payment) => payment?.invoiceNumber);
  const operator = await operatorWith(payments);
  expect((await matchRows(operator, rows)).map((payment) => payment?.invoiceNumber)).toEqual(found);
  // A store of the shop's own may have no lookUp.
  const search = operator.store.search.bind(operator.store);
  const bare = { ...operator, store: { search } as unknown as Operator['store'] };
  expect((await matchRows(bare, rows)).map((payment) => payment?.invoiceNumber)).toEqual(found);
});

import { foldReceipt, isReceipt } from '../../core/receipt';
import type { PaymentRecord } from '../../core/record';
import type { LookUpQuery } from '../../stores/store';
import type { Operator } from '../operator';
import type { ReportRow } from './report';

type Field = LookUpQuery['field'];

/** How a row is looked up, the surest first. Numbers of the bank need the terminal or the amount beside them. */
const KEYS: readonly { field: Field; of: (row: ReportRow) => string; fits: Fits }[] = [
  {
    field: 'receiptKey',
    of: ({ receipt }) => (isReceipt(receipt) ? foldReceipt(receipt) : ''),
    fits: () => true,
  },
  { field: 'invoiceNumber', of: ({ invoice }) => invoice, fits: () => true },
  { field: 'rrn', of: ({ rrn }) => rrn, fits: (row, payment) => fitsRrn(row, payment) },
  { field: 'traceNumber', of: ({ trace }) => trace, fits: (row, payment) => fitsTrace(row, payment) },
];

type Fits = (row: ReportRow, payment: PaymentRecord) => boolean;

const sameTerminal: Fits = (row, { terminalId }) => row.terminal !== '' && row.terminal === terminalId;
const sameAmount: Fits = (row, { amount }) => row.amount === amount;
const unknownTerminal: Fits = (row, { terminalId }) => row.terminal === '' || terminalId === null;

const fitsRrn: Fits = (row, payment) =>
  sameTerminal(row, payment) || (unknownTerminal(row, payment) && sameAmount(row, payment));
/** Trace numbers come again every few days. */
const fitsTrace: Fits = (row, payment) => sameTerminal(row, payment) && sameAmount(row, payment);

const LIMIT = 5_000;

/** The payment of each row, in the order of the rows; undefined for a row that no payment fits. */
export async function matchRows(
  operator: Operator,
  rows: readonly ReportRow[],
): Promise<(PaymentRecord | undefined)[]> {
  const found = new Map<ReportRow, PaymentRecord>();
  for (const { field, of, fits } of KEYS) {
    const open = rows.filter((row) => !found.has(row) && of(row) !== '');
    const candidates = await candidatesFor(operator, field, [...new Set(open.map(of))]);
    for (const row of open) {
      const fitting = (candidates.get(of(row)) ?? []).filter((payment) => fits(row, payment));
      const best = likeliest(row, fitting);
      if (best) found.set(row, best);
    }
  }
  return rows.map((row) => found.get(row));
}

/** The paid one, of the right amount, nearest in time. */
function likeliest(row: ReportRow, payments: readonly PaymentRecord[]): PaymentRecord | undefined {
  const distance = ({ verifiedAt, createdAt }: PaymentRecord): number =>
    row.at === undefined ? 0 : Math.abs((verifiedAt ?? createdAt) - row.at);
  const rank = (payment: PaymentRecord): number =>
    (payment.status === 'paid' ? 0 : 2) + (sameAmount(row, payment) ? 0 : 1);
  return [...payments].sort((a, b) => rank(a) - rank(b) || distance(a) - distance(b))[0];
}

async function candidatesFor(
  { store, account }: Operator,
  field: Field,
  values: readonly string[],
): Promise<Map<string, PaymentRecord[]>> {
  const candidates = new Map<string, PaymentRecord[]>();
  if (values.length === 0) return candidates;
  const payments = store.lookUp
    ? await store.lookUp({ account, field, values, limit: LIMIT })
    : (await Promise.all(values.map((value) => oneByOne(store, account, field, value)))).flat();
  for (const payment of payments) {
    const key = payment[field] ?? '';
    candidates.set(key, [...(candidates.get(key) ?? []), payment]);
  }
  return candidates;
}

async function oneByOne(
  store: Operator['store'],
  account: string,
  field: Field,
  value: string,
): Promise<PaymentRecord[]> {
  const name = field === 'receiptKey' ? 'referenceNumber' : field;
  return (await store.search({ account, [name]: value })).payments;
}

import type { PaymentRecord } from '../core/record';
import type { LookUp, Payments } from './payments';
import { asJson } from './json';
import { columns, localTime, money, plain } from './wording';

const HEAD = ['begun', 'invoice', 'order', 'status', 'amount', 'card', 'receipt', 'reason'];

/** `list`: payments in lines, newest first. */
export async function list(
  payments: Payments,
  filter: LookUp & { limit: number },
  json: boolean,
): Promise<string[]> {
  const records = await payments.search(filter);
  if (json) return [JSON.stringify(records.map(asJson), null, 2)];
  if (records.length === 0) return ['No payments match.'];
  const more = records.length === filter.limit ? [`The newest ${filter.limit}; --limit shows more.`] : [];
  return [...columns([HEAD, ...records.map(lineOf)]), ...more];
}

const lineOf = (record: PaymentRecord): string[] =>
  [
    localTime(record.createdAt),
    record.invoiceNumber,
    record.orderId,
    record.status,
    money(record.amount),
    record.maskedPan ?? '-',
    record.referenceNumber ?? '-',
    record.failureReason ?? '-',
  ].map(plain);

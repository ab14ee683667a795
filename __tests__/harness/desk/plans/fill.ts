import type { Knex } from 'knex';
import type { PaymentRecord } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import { HOUR, MINUTE } from '../../../support/shop';
import { COLUMNS } from '../../../../lib/stores/sql/columns';
import { aRecord } from '../../../support/record';

/** A payment every half a minute: a million of them are a year. */
const EVERY_MS = MINUTE / 2;
/** Payments whose receipts and numbers repeat. */
const CARDS = 10_000;

/** A payment of the filled table, by its number from 1. */
export const invoiceOf = (index: number): string => `1${String(10n ** 18n + BigInt(index))}`;
/** When it was begun, in a table of so many. */
export const begunAt = (index: number, rows: number, now: number): number => now - (rows - index) * EVERY_MS;
export const orderOf = (index: number): string => `order-${index}`;

/**
 * Fills a payments table with so many payments of one account, the newest of them begun now: of a hundred, 70 are paid, 27
 * failed, one in review, one at the bank and one being confirmed. Of a hundred, one is given back an hour later.
 */
export async function fill(
  knex: Knex,
  tableName: string,
  rows: number,
  { origin, now }: { origin: string; now: number },
): Promise<void> {
  const first = sample(origin, begunAt(0, rows, now));
  await new KnexPaymentStore(knex, { tableName }).insert(first);
  const names = COLUMNS.map(({ name }) => name);
  const values = names.map((name) => VALUES[name] ?? `p.${name}`);
  await knex.raw(
    `insert into ${tableName} (${names.join(', ')}) ` +
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows}) ` +
      `select ${values.join(', ')} from ${tableName} p, n where p.invoice_number = ?`,
    [first.invoiceNumber],
  );
  await knex.raw(`analyze ${tableName}`);
}

const ofHundred = (
  paid: string,
  failed: string,
  review: string,
  pending: string,
  verifying: string,
): string =>
  `case when n.i % 100 < 70 then ${paid} when n.i % 100 < 97 then ${failed} ` +
  `when n.i % 100 = 97 then ${review} when n.i % 100 = 98 then ${pending} else ${verifying} end`;

const begun = `p.created_at + cast(n.i as bigint) * ${EVERY_MS}`;
const text = (expression: string): string => `cast(${expression} as text)`;

const VALUES: Partial<Record<string, string>> = {
  invoice_number: `'1' || ${text(`${10n ** 18n} + n.i`)}`,
  order_id: `'order-' || n.i`,
  status: ofHundred(`'paid'`, `'failed'`, `'review'`, `'pending'`, `'verifying'`),
  amount: `10000 + n.i * 10`,
  cell_number: `'0912' || ${text('1000000 + n.i % 1000000')}`,
  token: `'token-' || n.i`,
  reference_number: ofHundred(`'receipt-' || n.i`, 'null', `'receipt-' || n.i`, 'null', `'receipt-' || n.i`),
  receipt_key: ofHundred(`'receipt-' || n.i`, 'null', `'receipt-' || n.i`, 'null', `'receipt-' || n.i`),
  order_key: ofHundred(`'order-' || n.i`, 'null', `'order-' || n.i`, 'null', `'order-' || n.i`),
  trace_number: ofHundred(...same(text('100000 + n.i % 900000'))),
  rrn: ofHundred(...same(text('100000000000 + n.i'))),
  card_end: text(`${CARDS} + n.i % ${CARDS}`).replace(/^(.*)$/, 'substr($1, 2)'),
  failure_reason: ofHundred('null', `'CanceledByUser'`, `'AmountMismatch'`, 'null', 'null'),
  created_at: begun,
  updated_at: begun,
  verified_at: ofHundred(`${begun} + ${MINUTE}`, 'null', 'null', 'null', 'null'),
  due_at: ofHundred('null', 'null', 'null', `${begun} + ${HOUR}`, `${begun} + ${MINUTE}`),
  given_back: `case when n.i % 100 = 50 then 10000 else 0 end`,
  given_back_at: `case when n.i % 100 = 50 then ${begun} + ${HOUR} end`,
  hook_delivered_at: ofHundred(`${begun} + ${MINUTE}`, `${begun} + ${MINUTE}`, 'null', 'null', 'null'),
};

function same(expression: string): [string, string, string, string, string] {
  return [expression, 'null', expression, 'null', expression];
}

const sample = (origin: string, createdAt: number): PaymentRecord =>
  aRecord({ invoiceNumber: '20000000000000000000', orderId: 'the first', origin, createdAt, dueAt: null });

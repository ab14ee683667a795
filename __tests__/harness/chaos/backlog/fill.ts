import type { Knex } from 'knex';
import type { PaymentRecord } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import { COLUMNS } from '../../../../lib/stores/knex/columns';
import { dialectOf } from '../../../../lib/stores/knex/dialect';

export const orderOf = (index: number): string => `backlog-${index}`;
export const indexOf = (orderId: string): number => Number(orderId.slice('backlog-'.length));

/** Fills a payments table with so many payments whose buyers never came back, numbered from 1, all due at once. */
export async function fillBacklog(knex: Knex, table: string, rows: number, dueAt: number): Promise<void> {
  const first = abandoned(dueAt);
  await new KnexPaymentStore(knex, { tableName: table }).insert(first);
  const postgres = dialectOf(knex) === 'pg';
  const number = postgres ? `lpad(n.i::text, 20, '0')` : `printf('%020d', n.i)`;
  const series = postgres
    ? `(select generate_series(2, ${rows}) as i) n`
    : `(with recursive n(i) as (select 2 union all select i + 1 from n where i < ${rows}) select i from n) n`;
  const own: Record<string, string> = { invoice_number: number, order_id: `'backlog-' || n.i` };
  const names = COLUMNS.map(({ name }) => name);
  const values = names.map((name) => own[name] ?? `p.${name}`);
  await knex.raw(
    `insert into ${table} (${names.join(', ')}) select ${values.join(', ')} from ${table} p, ${series} where p.invoice_number = ?`,
    [first.invoiceNumber],
  );
}

const abandoned = (dueAt: number): PaymentRecord => ({
  invoiceNumber: '1'.padStart(20, '0'),
  account: 'default',
  orderId: orderOf(1),
  status: 'pending',
  version: 1,
  amount: 25_000,
  currency: 'IRR',
  cellNumber: '09120000000',
  description: 'a payment whose buyer never came back',
  metadata: { basket: ['book', 'pen'] },
  settlement: null,
  returnKey: 'AAAAAAAAAAAAAAAAAAAAAA',
  token: '0123456789abcdef0123456789abcdef',
  referenceNumber: null,
  orderKey: null,
  traceNumber: null,
  terminalId: null,
  rrn: null,
  maskedPan: null,
  failureReason: null,
  createdAt: dueAt,
  updatedAt: dueAt,
  receivedAt: null,
  verifiedAt: null,
  dueAt,
  askAt: null,
  asks: 0,
  hookAttempts: 0,
  handledAt: null,
  appliedAt: null,
  history: [{ at: dueAt, status: 'created', note: 'order: 25000 Rials to pay' }],
});

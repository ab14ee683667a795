import type { Knex } from 'knex';
import type { PaymentRecord } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import { newPayment } from '../../../../lib/core/new-payment';
import type { CheckedOrder } from '../../../../lib/core/order';
import type { DatabasePlan } from '../world/database';

export const orderOf = (index: number): string => `backlog-${index}`;
export const indexOf = (orderId: string): number => Number(orderId.slice('backlog-'.length));

/** Fills a payments table with so many payments whose buyers never came back, numbered from 1, all due at once. */
export async function fillBacklog(
  knex: Knex,
  { store, tables }: DatabasePlan,
  rows: number,
  dueAt: number,
): Promise<void> {
  const table = tables.payments;
  const { invoiceNumber } = abandoned(dueAt);
  await new KnexPaymentStore(knex, { tableName: table }).insert(abandoned(dueAt));
  const number = store === 'pg' ? `lpad(n.i::text, 20, '0')` : `printf('%020d', n.i)`;
  const series =
    store === 'pg'
      ? `(select generate_series(2, ${rows}) as i) n`
      : `(with recursive n(i) as (select 2 union all select i + 1 from n where i < ${rows}) select i from n) n`;
  const own: Record<string, string> = { invoice_number: number, order_id: `'backlog-' || n.i` };
  const first = await knex<Record<string, unknown>>(table).first();
  const names = Object.keys(first ?? {});
  const values = names.map((name) => own[name] ?? `p.${name}`);
  await knex.raw(
    `insert into ${table} (${names.join(', ')}) select ${values.join(', ')} from ${table} p, ${series} where p.invoice_number = ?`,
    [invoiceNumber],
  );
}

const abandoned = (dueAt: number): PaymentRecord => {
  const order: CheckedOrder = {
    orderId: orderOf(1),
    amount: 25_000,
    currency: 'IRR',
    cellNumber: '09120000000',
    description: 'a payment whose buyer never came back',
    metadata: { basket: ['book', 'pen'] },
    settlement: null,
  };
  const keys = {
    invoiceNumber: '1'.padStart(20, '0'),
    account: 'default',
    origin: 'loopback',
    returnKey: 'AAAAAAAAAAAAAAAAAAAAAA',
    version: 1,
  };
  return {
    ...newPayment(order, keys, { tokenTimeoutMs: 0 }, dueAt),
    status: 'pending',
    token: '0123456789abcdef0123456789abcdef',
  };
};

import type { Knex } from 'knex';
import type { HistoryEntry, PaymentStatus } from 'express-atipay';
import type { SimulatorPayment } from 'express-atipay/simulator';
import type { DatabasePlan, Tables } from '../world/database';

/** A row of the payments table, as an auditor reads it: by SQL, not through the code that wrote it. */
export interface PaymentRow {
  invoiceNumber: string;
  orderId: string;
  status: PaymentStatus;
  amount: number;
  referenceNumber: string | undefined;
  failureReason: string | undefined;
  createdAt: number;
  dueAt: number | undefined;
  hookDeliveredAt: number | undefined;
  history: HistoryEntry[];
}

export interface OrderRow {
  id: string;
  amount: number;
  /** How often it was marked paid. */
  paid: number;
  paidAt: number | undefined;
}

export interface EffectRow {
  orderId: string;
  invoiceNumber: string;
  referenceNumber: string;
}

export interface ToldRow {
  orderId: string;
  invoiceNumber: string;
  reason: string;
  at: number;
}

/** The gateway's ledger, the shop's tables and the payments, side by side. */
export interface Evidence {
  ledger: SimulatorPayment[];
  orders: OrderRow[];
  effects: EffectRow[];
  told: ToldRow[];
  payments: PaymentRow[];
  /** Changes of payments that the machine's table does not lead to. */
  strays: string[];
  /** Callbacks with a wrong key that were not turned away. */
  forgeriesBelieved: string[];
}

type Value = string | number | null | undefined;
type Row = Record<string, Value>;

const text = (value: Value): string => String(value);
const maybeText = (value: Value): string | undefined => (value == null ? undefined : String(value));
const maybeNumber = (value: Value): number | undefined => (value == null ? undefined : Number(value));

/** Reads the shop's side of the evidence. */
export async function readBooks(
  knex: Knex,
  { tables }: DatabasePlan,
): Promise<Pick<Evidence, 'orders' | 'effects' | 'told' | 'payments' | 'strays'>> {
  const all = (table: keyof Tables): Promise<Row[]> => knex<Row>(tables[table]).select('*');
  return {
    orders: (await all('orders')).map((row) => ({
      id: text(row['id']),
      amount: Number(row['amount']),
      paid: Number(row['paid']),
      paidAt: maybeNumber(row['paid_at']),
    })),
    effects: (await all('effects')).map((row) => ({
      ...keys(row),
      referenceNumber: text(row['reference_number']),
    })),
    told: (await all('told')).map((row) => ({
      ...keys(row),
      reason: text(row['reason']),
      at: Number(row['at']),
    })),
    payments: (await all('payments')).map(toPaymentRow),
    strays: (await all('strays')).map((row) => `${text(row['invoice_number'])}: ${text(row['what'])}`),
  };
}

const keys = (row: Row): { orderId: string; invoiceNumber: string } => ({
  orderId: text(row['order_id']),
  invoiceNumber: text(row['invoice_number']),
});

const toPaymentRow = (row: Row): PaymentRow => ({
  ...keys(row),
  status: text(row['status']) as PaymentStatus,
  amount: Number(row['amount']),
  referenceNumber: maybeText(row['reference_number']),
  failureReason: maybeText(row['failure_reason']),
  createdAt: Number(row['created_at']),
  dueAt: maybeNumber(row['due_at']),
  hookDeliveredAt: maybeNumber(row['hook_delivered_at']),
  history: JSON.parse(text(row['history'])) as HistoryEntry[],
});

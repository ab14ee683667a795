import type { PaymentRecord } from '../core/record';

/** Between payments that are otherwise equal: invoice numbers are unique. */
const byInvoice = (a: PaymentRecord, b: PaymentRecord): number =>
  a.invoiceNumber < b.invoiceNumber ? -1 : 1;

/** By `createdAt`. */
export const oldestFirst = (a: PaymentRecord, b: PaymentRecord): number =>
  a.createdAt - b.createdAt || byInvoice(a, b);

/** By `createdAt`, descending. */
export const newestFirst = (a: PaymentRecord, b: PaymentRecord): number => oldestFirst(b, a);

/** By `dueAt`. */
export const longestOverdueFirst = (a: PaymentRecord, b: PaymentRecord): number =>
  (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || byInvoice(a, b);

import type { PaymentRecord } from '../payment';

/** Between payments that are otherwise equal: no two have one number. */
export const byInvoice = (a: PaymentRecord, b: PaymentRecord): number =>
  a.invoiceNumber < b.invoiceNumber ? -1 : 1;

/** By when they were begun. */
export const oldestFirst = (a: PaymentRecord, b: PaymentRecord): number =>
  a.createdAt - b.createdAt || byInvoice(a, b);

/** The other way round. */
export const newestFirst = (a: PaymentRecord, b: PaymentRecord): number => oldestFirst(b, a);

import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PaymentRecord } from '../payment';
import type { Context } from './context';

/** A new secret for a payment's URLs: 128 random bits, 22 characters. */
export const newReturnKey = (): string => randomBytes(16).toString('base64url');

const NOBODYS_KEY = newReturnKey();
const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

/** Why a payment's URL opened nothing. */
export type Closed = 'unknownInvoice' | 'wrongKey';

/**
 * The payment behind an invoice number and its return key. An unknown invoice and a wrong key take the same path and the
 * same time; only the caller's report tells them apart.
 */
export async function openPayment(
  context: Context,
  invoiceNumber: string,
  returnKey: string,
): Promise<PaymentRecord | Closed> {
  const record = /^\d{20}$/.test(invoiceNumber) ? await context.store.find(invoiceNumber) : undefined;
  const own = record?.account === context.settings.account ? record : undefined;
  const matches = timingSafeEqual(digest(returnKey), digest(own?.returnKey ?? NOBODYS_KEY));
  if (!own) return 'unknownInvoice';
  return matches ? own : 'wrongKey';
}

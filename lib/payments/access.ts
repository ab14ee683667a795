import { hash, randomFillSync, timingSafeEqual } from 'node:crypto';
import type { PaymentRecord } from '../core/record';
import type { Context } from './context';

const KEY_BYTES = 16;

/** Random bytes for many keys: to draw them takes as long for one as for all of these. */
const drawn = Buffer.alloc(128 * KEY_BYTES);
let used = drawn.length;

/** A new secret for a payment's URLs: 128 random bits, 22 characters. */
export function newReturnKey(): string {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const key = drawn.toString('base64url', used, used + KEY_BYTES);
  drawn.fill(0, used, used + KEY_BYTES);
  used += KEY_BYTES;
  return key;
}

const NOBODYS_KEY = newReturnKey();
const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

/** Why a payment's URL opened nothing. */
export type Closed = 'unknownInvoice' | 'wrongKey';

/**
 * The payment behind an invoice number and its return key. An unknown invoice and a wrong key take the same path and
 * the same time; only the caller's report distinguishes them.
 */
export async function authorize(
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

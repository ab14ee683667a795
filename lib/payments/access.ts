import { hash, randomFillSync, timingSafeEqual } from 'node:crypto';
import { isInvoiceNumber } from '../core/order';
import type { PaymentRecord, PaymentStatus } from '../core/record';
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

/** A payment, and the status of the one that holds its order; undefined where the store does not read both at once. */
export interface Opened {
  record: PaymentRecord;
  holder: PaymentStatus | null | undefined;
}

/**
 * The payment behind an invoice number and its return key. An unknown invoice and a wrong key take the same path and
 * the same time; only the caller's report distinguishes them.
 */
export async function authorize(
  context: Context,
  invoiceNumber: string,
  returnKey: string,
): Promise<PaymentRecord | Closed> {
  const record = isInvoiceNumber(invoiceNumber) ? await context.store.find(invoiceNumber) : undefined;
  const opened = unlock(context, record && { record }, returnKey);
  return typeof opened === 'string' ? opened : opened.record;
}

/** {@link authorize}, and who holds the payment's order. */
export async function authorizeWithHolder(
  context: Context,
  invoiceNumber: string,
  returnKey: string,
): Promise<Opened | Closed> {
  const found = isInvoiceNumber(invoiceNumber) ? await findWithHolder(context, invoiceNumber) : undefined;
  return unlock(context, found, returnKey);
}

async function findWithHolder({ store }: Context, invoiceNumber: string): Promise<Opened | undefined> {
  if (store.findWithHolder) return store.findWithHolder(invoiceNumber);
  const record = await store.find(invoiceNumber);
  return record && { record, holder: undefined };
}

function unlock<T extends { record: PaymentRecord }>(
  { settings }: Context,
  found: T | undefined,
  returnKey: string,
): T | Closed {
  const own = found?.record.account === settings.account ? found : undefined;
  const matches = timingSafeEqual(digest(returnKey), digest(own?.record.returnKey ?? NOBODYS_KEY));
  if (!own) return 'unknownInvoice';
  return matches ? own : 'wrongKey';
}

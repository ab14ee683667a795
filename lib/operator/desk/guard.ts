import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { PaymentRecord } from '../../core/record';

/** Whether a POST comes from a page of this very site. Browsers say so; a request without such a header is refused. */
export function isSameOrigin(req: Request): boolean {
  const site = req.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = req.get('origin');
  if (origin === undefined || !URL.canParse(origin)) return false;
  const forwarded = req.app.enabled('trust proxy') ? req.get('x-forwarded-host') : undefined;
  return new URL(origin).host === (forwarded ?? req.get('host'));
}

/**
 * The token of a form: bound to the person, the payment and its version. Its key is the payment's secret, so that every
 * process of the shop makes the same.
 */
export const formToken = (
  { returnKey, invoiceNumber }: PaymentRecord,
  who: string,
  version: number,
): string =>
  createHmac('sha256', returnKey)
    .update(JSON.stringify(['desk', who, invoiceNumber, version]))
    .digest('base64url');

/** Whether a form's token is the one that this person was given. */
export function isToken(given: string, record: PaymentRecord, who: string, version: number): boolean {
  const expected = Buffer.from(formToken(record, who, version));
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

import type { PaymentRecord } from 'express-atipay';
import { anOrder, type Shop } from '../support/shop';

export const html = { Accept: 'text/html,application/xhtml+xml' };
export const json = { Accept: 'application/json' };

/** The address of one of a payment's pages. */
export const path = (room: string, record: Pick<PaymentRecord, 'invoiceNumber' | 'returnKey'>): string =>
  `/payment/${room}/${record.invoiceNumber}/${record.returnKey}`;

/** A payment whose buyer has paid and is back. */
export async function paid(shop: Shop, order = anOrder()): Promise<PaymentRecord> {
  const record = await shop.started(order);
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  return shop.record(record.invoiceNumber);
}

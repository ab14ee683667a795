import type { PaymentRecord } from 'express-atipay';
import { anOrder, type Shop } from '../../support/shop';

export const statusOf = async (shop: Shop, record: PaymentRecord): Promise<string> =>
  (await shop.record(record.invoiceNumber)).status;

/** The receipts that verify-payment was asked about. */
export const verifies = (shop: Shop): unknown[] =>
  shop.gateway.asked('verify-payment').map((call) => call.body['referenceNumber']);

/** A payment whose buyer has paid and is back. */
export async function back(
  shop: Shop,
  order = anOrder(),
): Promise<{ record: PaymentRecord; receipt: string }> {
  const record = await shop.started(order);
  const receipt = shop.gateway.receipt(record.invoiceNumber);
  await shop.comesBack(record, { referenceNumber: receipt });
  return { record: await shop.record(record.invoiceNumber), receipt };
}

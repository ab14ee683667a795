import type { PaymentRecord } from 'express-atipay';
import type { Shop } from '../../support/shop';

/** A payment in review, whose onReview has returned. */
export async function inReview(shop: Shop): Promise<PaymentRecord> {
  const record = await shop.started();
  shop.gateway.replies['verify-payment'].push({ body: { amount: 1 } });
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  return shop.record(record.invoiceNumber);
}

/** A paid payment, whose onSuccess has returned unless it throws. */
export async function paid(shop: Shop): Promise<PaymentRecord> {
  const record = await shop.started();
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  return shop.record(record.invoiceNumber);
}

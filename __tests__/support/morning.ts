import type { AtipayConfig, PaymentRecord, PaymentStore } from 'express-atipay';
import type { PaymentSearch } from '../../lib/stores/store';
import { HOUR, MINUTE, anOrder, type Shop } from './shop';
import { openShop } from './opened';

export type AnyStore = PaymentStore<unknown> & PaymentSearch;

/** A shop with one payment in every state that staff meet. */
export interface Morning {
  shop: Shop<unknown>;
  /** The payments by outcome, as they are stored at the end. */
  payments: Record<MorningName, PaymentRecord>;
}

const NAMES = [
  'paid',
  'cancelled',
  'refused',
  'differs',
  'timedOut',
  'undelivered',
  'verifying',
  'pending',
] as const;
type MorningName = (typeof NAMES)[number];

/** Opens a shop over a store and brings payments into every state, the oldest first; at the end it is 15:30 in Tehran. */
export async function aMorning(
  store?: AnyStore,
  overrides: Partial<AtipayConfig<unknown>> = {},
  build?: Parameters<typeof openShop>[1],
): Promise<Morning> {
  const faults = { hook: false };
  const shop = await openShop<unknown>(
    {
      ...(store && { store }),
      onSuccess: () => (faults.hook ? Promise.reject(new Error('stock is undefined')) : undefined),
      ...overrides,
    },
    build,
  );
  shop.now = Date.UTC(2026, 10, 28, 9);
  const { replies } = shop.gateway;
  const begun = (orderId: string, amount = 12_450_000): Promise<PaymentRecord> =>
    shop.started({ ...anOrder({ orderId, amount }), cellNumber: '09121234567' });
  const pays = async (record: PaymentRecord): Promise<void> => {
    const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
    const rrn = record.invoiceNumber.slice(-12);
    await shop.comesBack(record, { referenceNumber, rrn, traceNumber: record.invoiceNumber.slice(-6) });
  };

  const timedOut = await begun('order-timed-out');
  replies['verify-payment'].push('reset', 'reset', 'reset');
  await pays(timedOut);
  replies['verify-payment'].push('reset');
  await shop.sweepAfter(31 * MINUTE);
  const undelivered = await begun('order-undelivered');
  faults.hook = true;
  await pays(undelivered);
  faults.hook = false;
  shop.now += HOUR;
  const paid = await begun('order-paid');
  await pays(paid);
  shop.now += MINUTE;
  const cancelled = await begun('order-cancelled', 500_000);
  await shop.comesBack(cancelled, { state: 'CanceledByUser', status: '1' });
  shop.now += MINUTE;
  const refused = await begun('order-refused', 700_000);
  replies['verify-payment'].push({ body: { errorCode: '-2', faMessage: 'رسید یافت نشد' } });
  await pays(refused);
  shop.now += MINUTE;
  const differs = await begun('order-differs', 900_000);
  replies['verify-payment'].push({ body: { amount: 1 } });
  await pays(differs);
  shop.now += MINUTE;
  const verifying = await begun('order-verifying', 1_100_000);
  replies['verify-payment'].push('reset', 'reset', 'reset');
  await pays(verifying);
  shop.now += MINUTE;
  const pending = await begun('order-pending', 1_300_000);
  shop.now = Date.UTC(2026, 10, 28, 12);
  const begunOnes = { paid, cancelled, refused, differs, timedOut, undelivered, verifying, pending };
  const payments = {} as Record<MorningName, PaymentRecord>;
  for (const name of NAMES) payments[name] = await shop.record(begunOnes[name].invoiceNumber);
  return { shop, payments };
}

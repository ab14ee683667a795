import type { PaymentRecord } from 'express-atipay';
import type { Reply } from '../support/scripted-gateway';
import type { Shop } from '../support/shop';

export interface Gate {
  opened: Promise<void>;
  open: () => void;
}

/** Something a hook waits for until the test lets it go. */
export function gate(): Gate {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

export function comesBack(shop: Shop, record: PaymentRecord, ...replies: Reply[]): Promise<Response> {
  shop.gateway.replies['verify-payment'].push(...replies);
  return shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
}

export const lastEvents = async (
  shop: Shop,
  { invoiceNumber }: PaymentRecord,
  count: number,
): Promise<string[]> => (await shop.atipay.history(invoiceNumber)).slice(-count).map(({ event }) => event);

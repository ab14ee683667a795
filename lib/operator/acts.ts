import { AtipayError } from '../errors';
import type { PaymentRecord } from '../core/record';
import { addNote, recordGiveBack, resolve, resolveOnly, retry } from '../payments/resolve';
import type { Operator } from './operator';

/** The acts of staff on a payment. Amounts are Rials. */
export type Act =
  | { act: 'resolve'; outcome: 'paid' | 'failed'; by: string; text: string }
  | { act: 'retry'; by: string }
  | { act: 'note'; by: string; text: string }
  | { act: 'giveBack'; amount: number; reference: string; by: string; text: string };

/** The name of an act. */
export type ActName = 'resolve' | 'retry' | 'note' | 'giveBack';

/**
 * Does an act, with who, why and when in the payment's history.
 *
 * @param seen - the version of the payment that the person saw.
 * @throws ChangedMeanwhile when the payment has another version by now, and AtipayError when the act is refused (see
 * `Atipay.resolve` and its neighbours).
 */
export async function perform(
  { shop, acts }: Operator,
  invoiceNumber: string,
  act: Act,
  seen: number,
): Promise<PaymentRecord> {
  switch (act.act) {
    case 'resolve':
      if (shop) return resolve(shop, invoiceNumber, act, seen);
      return (await resolveOnly(acts, invoiceNumber, act, seen)).record;
    case 'retry':
      if (!shop) throw withoutShop();
      return retry(shop, invoiceNumber, act.by, seen);
    case 'note':
      return addNote(acts, invoiceNumber, act.by, act.text, seen);
    case 'giveBack':
      return recordGiveBack(acts, invoiceNumber, act, seen);
  }
}

const withoutShop = (): AtipayError =>
  new AtipayError(
    'ERR_ATIPAY_NOTHING_PENDING',
    "The next step asks AtiPay or calls the shop's hook, so it needs the shop's own router: give --app.",
    { status: 400 },
  );

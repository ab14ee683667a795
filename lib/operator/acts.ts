import { AtipayError } from '../errors';
import type { PaymentRecord } from '../core/record';
import type { Context, RunContext } from '../payments/context';
import { addNote, recordGiveBack, resolve, resolveOnly, retry } from '../payments/resolve';
import type { PaymentStore } from '../stores/store';
import type { Operator } from './operator';

/** The acts of staff on a payment. Amounts are Rials. */
export type Act =
  | { act: 'resolve'; outcome: 'paid' | 'failed'; by: string; text: string }
  | { act: 'retry'; by: string }
  | { act: 'note'; by: string; text: string }
  | { act: 'giveBack'; amount: number; reference: string; by: string; text: string };

/** The name of an act. */
export type ActName = 'resolve' | 'retry' | 'note' | 'giveBack';

/** The payment was changed after the person who acts had seen it. */
export class ChangedMeanwhile extends Error {
  constructor(readonly record: PaymentRecord) {
    super(`Payment ${record.invoiceNumber} was changed meanwhile.`);
  }
}

/**
 * Does an act, with who, why and when in the payment's history.
 *
 * @param seen - the version of the payment that the person saw; nothing is done when it has another one by now.
 * @throws ChangedMeanwhile, and AtipayError when the act is refused (see `Atipay.resolve` and its neighbours).
 */
export async function perform(
  operator: Operator,
  invoiceNumber: string,
  act: Act,
  seen?: number,
): Promise<PaymentRecord> {
  const { shop, acts } = operator;
  if (seen === undefined) return carryOut({ shop, acts }, invoiceNumber, act);
  const store = onlyOn(operator.store, invoiceNumber, seen);
  return carryOut({ acts: { ...acts, store }, shop: shop && { ...shop, store } }, invoiceNumber, act);
}

interface Ground {
  acts: RunContext;
  shop: Context | undefined;
}

async function carryOut({ shop, acts }: Ground, invoiceNumber: string, act: Act): Promise<PaymentRecord> {
  switch (act.act) {
    case 'resolve':
      if (shop) return resolve(shop, invoiceNumber, act);
      return (await resolveOnly(acts, invoiceNumber, act)).record;
    case 'retry':
      if (!shop) throw withoutShop();
      return retry(shop, invoiceNumber, act.by);
    case 'note':
      return addNote(acts, invoiceNumber, act.by, act.text);
    case 'giveBack':
      return recordGiveBack(acts, invoiceNumber, act);
  }
}

const withoutShop = (): AtipayError =>
  new AtipayError(
    'ERR_ATIPAY_NOTHING_PENDING',
    "The next step asks AtiPay or calls the shop's hook, so it needs the shop's own router: give --app.",
    { status: 400 },
  );

/** A store whose first write to a payment succeeds on this version only. */
function onlyOn(store: PaymentStore<unknown>, invoiceNumber: string, seen: number): PaymentStore<unknown> {
  let written = false;
  const bound: Pick<PaymentStore<unknown>, 'find' | 'update'> = {
    find: async (invoice, tx) => {
      const record = await store.find(invoice, tx);
      if (!written && record && invoice === invoiceNumber && record.version !== seen) {
        throw new ChangedMeanwhile(record);
      }
      return record;
    },
    update: async (next, read, options) => {
      const stored = await store.update(next, read, options);
      written ||= stored && next.invoiceNumber === invoiceNumber;
      return stored;
    },
  };
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'find' || name === 'update') return bound[name];
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
  });
}

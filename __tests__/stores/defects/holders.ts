import type { PaymentRecord } from '../../../lib/core/record';
import type { MemoryPaymentStore } from '../../../lib/stores/memory';
import type { RecordWithHolder } from '../../../lib/stores/store';
import { wrap, type Defects, type Make } from './wrap';

/** Stores that read who holds an order wrongly. */
export const holderDefects: Defects = {
  'findWithHolder gives the status of any attempt': [
    holder(async (inner, { account, orderId }) => (await inner.findByOrder(account, orderId))[0]),
    'findWithHolder: gives the whole record',
  ],
  'findWithHolder leaves out the payment itself': [
    holder(async (inner, { account, orderId, invoiceNumber }) =>
      (await holding(inner, account, orderId)).find((other) => other.invoiceNumber !== invoiceNumber),
    ),
    'findWithHolder: gives the whole record',
  ],
  'findWithHolder sees only payments that are paid': [
    holder(async (inner, { account, orderId }) =>
      (await holding(inner, account, orderId)).find(({ status }) => status === 'paid'),
    ),
    'findWithHolder: gives the whole record',
  ],
  'findWithHolder gives the record without its history': [
    wrap((inner) => ({
      findWithHolder: async (invoiceNumber) => {
        const found = await inner.findWithHolder(invoiceNumber);
        return found && { ...found, record: { ...found.record, history: [] } };
      },
    })),
    'findWithHolder: gives the whole record',
  ],
  'findWithHolder looks into other accounts': [
    alsoAt(({ account, orderId }) => [`${account} 2`, orderId]),
    'findWithHolder: gives null',
  ],
  'findWithHolder folds cases': [
    alsoAt(({ account, orderId }) => [account, orderId.replace('a', 'A')]),
    'findWithHolder: gives null',
  ],
  'findWithHolder ignores spaces at the end': [
    alsoAt(({ account, orderId }) => [account, `${orderId} `]),
    'findWithHolder: gives null',
  ],
  'findWithHolder remembers a holder': [
    wrap((inner) => {
      const seen = new Map<string, RecordWithHolder>();
      return {
        findWithHolder: async (invoiceNumber) => {
          const found = seen.get(invoiceNumber) ?? (await inner.findWithHolder(invoiceNumber));
          if (found) seen.set(invoiceNumber, found);
          return found;
        },
      };
    }),
    'findWithHolder: follows every update',
  ],
  'findWithHolder takes an attempt that failed for the holder': [
    holder(async (inner, { account, orderId }) =>
      (await inner.findByOrder(account, orderId)).find(({ status }) => status !== 'pending'),
    ),
    'findWithHolder: follows every update',
  ],
  'findWithHolder gives null for nothing': [
    wrap((inner) => ({
      findWithHolder: async (invoiceNumber) =>
        (await inner.findWithHolder(invoiceNumber)) ?? (null as unknown as undefined),
    })),
    'findWithHolder: finds nothing',
  ],
};

type Holder = (inner: MemoryPaymentStore, record: PaymentRecord) => Promise<PaymentRecord | undefined>;

/** Finds payments, and their holders in a way of its own. */
function holder(find: Holder): Make {
  return wrap((inner) => ({
    findWithHolder: async (invoiceNumber) => {
      const record = await inner.find(invoiceNumber);
      return record && { record, holder: (await find(inner, record))?.status ?? null };
    },
  }));
}

/** Takes the holder of another order too for the holder. */
function alsoAt(other: (record: PaymentRecord) => [account: string, orderId: string]): Make {
  return holder(async (inner, record) => {
    const own = await holding(inner, record.account, record.orderId);
    return own[0] ?? (await holding(inner, ...other(record)))[0];
  });
}

const holding = async (
  inner: MemoryPaymentStore,
  account: string,
  orderId: string,
): Promise<PaymentRecord[]> =>
  (await inner.findByOrder(account, orderId)).filter(({ orderKey }) => orderKey !== null);

import type { Knex } from 'knex';
import type { AtipayConfig, PaymentRecord } from 'express-atipay';
import type { Tables } from '../world/database';
import { delegate, type Store } from './delegate';
import type { Alter } from './gateway-front';

type Config = AtipayConfig<Knex.Transaction>;

/** One rule of the core taken away, from outside: by a store, a hook, a gateway or a route that breaks its contract. */
export interface Defect {
  store?(inner: Store, knex: Knex, tables: Tables): Store;
  gateway?(knex: Knex, tables: Tables): Alter;
  onSuccess?(inner: Config['onSuccess'], knex: Knex): Config['onSuccess'];
  /** Whoever posts to a callback is believed to know its key. */
  openDoor?: boolean;
}

export type DefectName =
  | 'receipts are not unique'
  | 'orders are not unique'
  | 'versions are ignored'
  | 'the claim is forgotten'
  | 'asks are not counted'
  | 'other attempts are not seen'
  | 'the sweep finds nothing'
  | 'applied is not marked'
  | 'silence is a refusal'
  | 'any amount is right'
  | 'the return key is not checked';

/** A key that is never taken: what makes it unique is added on the way in, and cut off on the way out. */
function keyless(inner: Store, field: 'referenceNumber' | 'orderKey'): Store {
  const into = (record: PaymentRecord): PaymentRecord => {
    const value = record[field];
    return value === null ? record : { ...record, [field]: `${value}#${record.invoiceNumber}` };
  };
  const out = <T extends PaymentRecord | undefined>(record: T): T =>
    record ? { ...record, [field]: record[field]?.split('#')[0] ?? null } : record;
  return delegate(inner, {
    find: async (invoiceNumber) => out(await inner.find(invoiceNumber)),
    findByOrder: async (account, orderId) => (await inner.findByOrder(account, orderId)).map(out),
    due: async (account, now, limit) => (await inner.due(account, now, limit)).map(out),
    update: async (record, tx) => out(await inner.update(into(record), tx)),
  });
}

/** Last write wins. */
const blindly = (inner: Store, knex: Knex, { payments }: Tables): Store =>
  delegate(inner, {
    update: async (record, tx) => {
      for (;;) {
        const row = await (tx ?? knex)<{ version: number; invoice_number: string }>(payments)
          .where({ invoice_number: record.invoiceNumber })
          .first('version');
        if (!row) return undefined;
        const stored = await inner.update({ ...record, version: row.version }, tx);
        if (stored) return stored;
      }
    },
  });

const isClaim = ({ status, asks }: PaymentRecord): boolean => status === 'verifying' && asks === 1;

const silenceIsRefusal: Alter = ({ operation, answer }) => {
  if (operation !== 'verify-payment' || (answer?.status === 200 && isJson(answer.body))) return answer;
  return { status: 200, body: '{"errorCode":"-1","faMessage":"no answer"}' };
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whatever verify-payment answers is the amount of the payment that asks. */
const anyAmount =
  (knex: Knex, { payments }: Tables): Alter =>
  async ({ operation, asked, answer }) => {
    if (operation !== 'verify-payment' || !answer?.body.includes('"amount"')) return answer;
    const row = await knex<{ amount: number; reference_number: string }>(payments)
      .where({ reference_number: String(asked['referenceNumber']) })
      .first('amount');
    return row ? { status: 200, body: `{"amount":${row.amount}}` } : answer;
  };

export const DEFECTS: Record<DefectName, Defect> = {
  'receipts are not unique': { store: (inner) => keyless(inner, 'referenceNumber') },
  'orders are not unique': { store: (inner) => keyless(inner, 'orderKey') },
  'versions are ignored': { store: blindly },
  'the claim is forgotten': {
    store: (inner) =>
      delegate(inner, {
        update: (record, tx) =>
          isClaim(record)
            ? Promise.resolve({ ...record, version: record.version + 1 })
            : inner.update(record, tx),
      }),
  },
  'asks are not counted': {
    store: (inner) =>
      delegate(inner, {
        update: (record, tx) => inner.update({ ...record, asks: Math.min(record.asks, 1) }, tx),
      }),
  },
  'other attempts are not seen': {
    store: (inner) => delegate(inner, { findByOrder: () => Promise.resolve([]) }),
  },
  'the sweep finds nothing': { store: (inner) => delegate(inner, { due: () => Promise.resolve([]) }) },
  'applied is not marked': {
    onSuccess: (inner, knex) => (payment, context) =>
      inner(payment, {
        attempt: context.attempt,
        transaction: (work) =>
          knex.transaction(async (tx) => {
            await work(tx);
            return true;
          }),
      }),
  },
  'silence is a refusal': { gateway: () => silenceIsRefusal },
  'any amount is right': { gateway: anyAmount },
  'the return key is not checked': { openDoor: true },
};

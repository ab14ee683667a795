import type { Knex } from 'knex';
import type { AtipayConfig, PaymentStore } from 'express-atipay';
import type { Tables } from '../world/database';
import { BROKEN_STORES, unscheduled } from './broken-stores';
import type { Alter } from './gateway-front';

type OnSuccess<Tx> = AtipayConfig<Tx>['onSuccess'];

/** One rule of the core taken away, from outside: by a store, a hook, a gateway or a route that breaks its contract. */
export interface Defect {
  store?<Tx>(inner: PaymentStore<Tx>): PaymentStore<Tx>;
  /** The core's decision is altered before it is compared with the machine's table. */
  writes?<Tx>(inner: PaymentStore<Tx>): PaymentStore<Tx>;
  gateway?(knex: Knex, tables: Tables): Alter;
  onSuccess?<Tx>(inner: OnSuccess<Tx>, store: PaymentStore<Tx>): OnSuccess<Tx>;
  /** Every post to a callback counts as knowing its key. */
  openDoor?: boolean;
}

export type DefectName =
  | keyof typeof BROKEN_STORES
  | 'a transition is made up'
  | 'applied is not marked'
  | 'silence is a refusal'
  | 'any amount is right'
  | 'the return key is not checked';

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

/** Every answer of verify-payment counts as the amount of the payment that asks. */
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
  'receipts are not unique': { store: BROKEN_STORES['receipts are not unique'] },
  'orders are not unique': { store: BROKEN_STORES['orders are not unique'] },
  'versions are ignored': { store: BROKEN_STORES['versions are ignored'] },
  'a transition is made up': { writes: unscheduled },
  'the claim is forgotten': { store: BROKEN_STORES['the claim is forgotten'] },
  'attempts are not counted': { store: BROKEN_STORES['attempts are not counted'] },
  'other attempts are not seen': { store: BROKEN_STORES['other attempts are not seen'] },
  'the sweep finds nothing': { store: BROKEN_STORES['the sweep finds nothing'] },
  'applied is not marked': {
    onSuccess: (inner, store) => (payment, context) =>
      inner(payment, {
        attempt: context.attempt,
        transaction: async (work) => {
          await store.transaction?.((tx) => Promise.resolve(work(tx)));
          return true;
        },
      }),
  },
  'silence is a refusal': { gateway: () => silenceIsRefusal },
  'any amount is right': { gateway: anyAmount },
  'the return key is not checked': { openDoor: true },
};

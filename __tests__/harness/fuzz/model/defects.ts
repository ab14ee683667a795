import type { AtipayConfig, PaymentRecord, PaymentStore } from 'express-atipay';
import { BROKEN_STORES, unscheduled } from '../../chaos/shop/broken-stores';
import type { Answer } from './bank';
import type { Ground } from './grounds';

/** One rule taken away, from outside: by a store, a gateway, a hook, a door or an order that breaks its contract. */
export interface Defect<Tx> {
  store?: (inner: PaymentStore<Tx>) => PaymentStore<Tx>;
  /** The core's decision is altered before it is compared with the machine's table. */
  writes?: (inner: PaymentStore<Tx>) => PaymentStore<Tx>;
  alter?: (answer: Answer, holder: PaymentRecord | undefined) => Answer;
  onSuccess?: (inner: AtipayConfig<Tx>['onSuccess'], ground: Ground<Tx>) => AtipayConfig<Tx>['onSuccess'];
  /** Every post to a callback counts as knowing its key. */
  openDoor?: boolean;
  believesTheRequest?: boolean;
  neverAsks?: boolean;
}

/** By the rule of the design that is taken away. */
export const defects = <Tx>(): Record<string, Defect<Tx>> => ({
  '1: any amount is right': {
    alter: (answer, holder) => (typeof answer === 'number' && holder ? holder.amount : answer),
  },
  '2: receipts are not unique': { store: BROKEN_STORES['receipts are not unique'] },
  '3: orders are not unique': { store: BROKEN_STORES['orders are not unique'] },
  '3: other attempts are not seen': { store: BROKEN_STORES['other attempts are not seen'] },
  '4: the return key is not checked': { openDoor: true },
  '5: silence is a refusal': { alter: (answer) => answer ?? 'refused' },
  '5: attempts are not counted': { store: BROKEN_STORES['attempts are not counted'] },
  '5: the claim is forgotten': { store: BROKEN_STORES['the claim is forgotten'] },
  '6: the sweep finds nothing': { store: BROKEN_STORES['the sweep finds nothing'] },
  '6: applied is not marked': {
    onSuccess: (inner, ground) => (payment, context) =>
      inner(payment, {
        attempt: context.attempt,
        transaction: async (work) => {
          await ground.transaction((tx) => Promise.resolve(work(tx)));
          return true;
        },
      }),
  },
  '7: the request names the amount': { believesTheRequest: true },
  '7: the shop is not asked': { neverAsks: true },
  'table: a transition is made up': { writes: unscheduled },
});

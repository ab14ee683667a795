import { BEGINNING, ONE, STAFF, TWO_OF_AN_ORDER, TWO_ORDERS } from '../worlds';
import { accepting, alsoSetting, from, without, type Defect } from './defect';

/** Each rule of the design taken out of the table. */
export const RULES_LEFT_OUT: readonly Defect[] = [
  {
    name: 'Rule 1: another amount pays',
    world: { ...ONE, replies: ['other'] },
    rows: {
      amountDiffers: (rows) => rows.map((row) => (row.to === 'review' ? { ...row, to: 'paid' } : row)),
    },
  },
  {
    name: 'Rule 2: the claim stores no receipt key',
    world: TWO_ORDERS,
    rows: { buyerPaid: alsoSetting(() => ({ receiptKey: null })) },
  },
  {
    name: 'Rule 2: receipts are compared as they are written',
    world: TWO_ORDERS,
    rows: {
      buyerPaid: (rows) =>
        rows.map((row) => ({
          ...row,
          set: (input) => {
            const patch = row.set?.(input) ?? {};
            return patch.receiptKey === undefined
              ? patch
              : { ...patch, receiptKey: input.event.receipt.referenceNumber };
          },
        })),
    },
  },
  {
    name: 'Rule 2: receipts are not unique in the store',
    world: TWO_ORDERS,
    store: { sharesReceipts: true },
  },
  {
    name: 'Rule 3: the claim loses the order key',
    world: TWO_OF_AN_ORDER,
    rows: { buyerPaid: alsoSetting(() => ({ orderKey: null })) },
  },
  {
    name: 'Rule 3: orders are not unique in the store',
    world: TWO_OF_AN_ORDER,
    store: { sharesOrders: true },
  },
  {
    name: 'Rule 4: a buyer’s failure ends a payment that is verified',
    world: { ...ONE, left: { ...ONE.left, visits: 2, troubles: 0 } },
    rows: { buyerFailed: from('pending', 'received', 'verifying') },
  },
  {
    name: 'Rule 5: no answer is a refusal',
    world: ONE,
    rows: {
      verifyUnanswered: (rows) => [
        { from: ['verifying'], to: 'failed', reason: 'VerificationRefused', then: ['hook'] },
        ...rows,
      ],
    },
  },
  {
    name: 'Rule 5: a refusal is believed after an unanswered attempt',
    world: ONE,
    rows: { verifyRefused: (rows) => rows.filter(({ reason }) => reason !== 'VerificationUnclear') },
  },
  {
    name: 'Rule 5: an attempt is not counted',
    world: ONE,
    rows: { verifyRepeated: alsoSetting(({ record }) => ({ verifyAttempts: record.verifyAttempts })) },
  },
  {
    name: 'Rule 5: an equal amount counts while verifying only',
    world: STAFF,
    rows: {
      amountConfirmed: (rows) =>
        rows.map((row) => (row.to === 'paid' ? { ...row, from: ['verifying'] } : { ...row, then: [] })),
    },
  },
  {
    name: 'Rule 6: the mark is not asked for before it is set',
    world: ONE,
    rows: { hookApplied: without('sameCall', 'notApplied', 'hookPending') },
  },
  {
    name: 'Rule 6: onFailure is called without a look at the order',
    world: TWO_OF_AN_ORDER,
    steps: { callsUnchecked: true },
  },
  {
    name: 'Rule 6: onFailure commits without a look at the order',
    world: BEGINNING,
    steps: { commitsUnchecked: true },
  },
  {
    name: 'Rule 6: a decision of staff keeps the mark of the review',
    world: STAFF,
    rows: { resolved: alsoSetting(({ record }) => ({ hookAppliedAt: record.hookAppliedAt })) },
  },
  {
    name: 'Rule 6: a hook that threw is delivered',
    world: ONE,
    rows: { hookThrew: alsoSetting(({ now }) => ({ hookDeliveredAt: now })) },
  },
  {
    name: 'Rule 7: an order that is not payable is verified',
    world: ONE,
    rows: { buyerPaid: (rows) => rows.filter(({ reason }) => reason !== 'OrderNotPayable') },
  },
  {
    name: 'Rule 8: staff decide while an attempt is under way',
    world: STAFF,
    rows: { resolved: accepting('leased') },
  },
  {
    name: 'Rule 8: a note starts the schedule anew',
    world: STAFF,
    rows: { noted: alsoSetting(() => ({ leaseUntil: null })) },
  },
  {
    name: 'Liveness: a waiting payment is forgotten',
    world: TWO_OF_AN_ORDER,
    rows: { orderChecked: () => [] },
  },
];

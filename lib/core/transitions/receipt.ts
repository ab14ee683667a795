import {
  duringCallback,
  duringCheck,
  duringMoney,
  isDue,
  notPayable,
  orderInReview,
  orderPaid,
  orderVerifying,
  payableUnknown,
  sameReceipt,
  windowOver,
} from '../guards';
import type { EventOf } from '../event';
import type { Input } from '../guards';
import type { PaymentRecord } from '../record';
import { UNDECIDED } from '../statuses';
import { beginAttempt, details, receiptPatch, unlessRepeated, waitWithReceipt } from './changes';
import type { Transition, Transitions } from './row';

type OrderEvent = 'buyerPaid' | 'orderChecked';
type Refusal = Omit<Transition<OrderEvent>, 'from'> & Required<Pick<Transition<OrderEvent>, 'when'>>;

const withReceipt = ({ event, now }: Input<'buyerPaid'>): Partial<PaymentRecord> =>
  receiptPatch(event.receipt, now);
const receiptOf = ({ event }: Input<'buyerPaid'>): Record<string, string> => ({
  receipt: event.receipt.referenceNumber,
});

/** Why a payment with a receipt is never verified: for a first receipt and for one that has waited alike. */
const NEVER_VERIFIED: readonly Refusal[] = [
  { when: [orderPaid], to: 'failed', reason: 'OrderAlreadyPaid', history: 'orderPaid', then: ['hook'] },
  { when: [orderInReview], to: 'failed', reason: 'OrderInReview', history: 'orderInReview', then: ['hook'] },
];
const DECLINED: Refusal = {
  when: [notPayable],
  to: 'failed',
  reason: 'OrderNotPayable',
  history: 'orderNotPayable',
  then: ['hook'],
};

const refuseFirst = (row: Refusal): Transition<'buyerPaid'> => ({
  ...row,
  from: ['pending'],
  set: withReceipt,
  data: receiptOf,
});
const refuseWaiting = (row: Refusal): Transition<'orderChecked'> => ({
  ...row,
  from: ['received'],
  when: [isDue, ...row.when],
});

/** Money came for a payment whose receipt or order is another payment's by now, since its row went back in time. */
const MONEY_LOST: Transition<'orderTaken' | 'receiptTaken'> = {
  from: [...UNDECIDED, 'failed', 'paid'],
  when: [duringMoney],
  then: ['reportLost', 'reportLate'],
};

const waitFirst = (input: Input<'buyerPaid'>): Partial<PaymentRecord> => {
  const record = { ...input.record, ...withReceipt(input) };
  return { ...withReceipt(input), ...waitWithReceipt({ ...input, record }) };
};

/** The callback whose write the store refused, in a row that {@link duringCallback} guards. */
const claimOf = ({ event, ...rest }: Input<'orderTaken'>): Input<'buyerPaid'> => ({
  ...rest,
  event: event.during as EventOf<'buyerPaid'>,
});

/** The buyer is back with a receipt. */
export const RECEIPT: Transitions<'buyerPaid' | 'orderTaken' | 'receiptTaken' | 'orderChecked'> = {
  buyerPaid: [
    { from: ['created'], then: ['reportTooEarly'] },
    ...NEVER_VERIFIED.map(refuseFirst),
    {
      from: ['pending'],
      when: [orderVerifying],
      to: 'received',
      set: waitFirst,
      history: 'orderTaken',
      data: receiptOf,
    },
    refuseFirst(DECLINED),
    {
      from: ['pending'],
      when: [payableUnknown],
      to: 'received',
      set: waitFirst,
      history: 'payableUnknown',
      data: receiptOf,
    },
    {
      from: ['pending'],
      to: 'verifying',
      set: (input) => ({ ...withReceipt(input), ...beginAttempt(input) }),
      history: 'claimed',
      data: receiptOf,
      then: ['verify'],
    },
    { from: ['received', 'verifying', 'review', 'paid'], when: [sameReceipt] },
    { from: ['received', 'verifying', 'review', 'paid', 'failed'], then: ['reportLate'] },
  ],
  orderTaken: [
    {
      from: ['pending'],
      when: [duringCallback],
      to: 'received',
      set: (input) => waitFirst(claimOf(input)),
      history: 'orderTaken',
      data: (input) => receiptOf(claimOf(input)),
    },
    {
      from: ['received'],
      when: [duringCheck],
      set: waitWithReceipt,
      history: unlessRepeated('orderTaken'),
    },
    MONEY_LOST,
  ],
  receiptTaken: [{ from: ['pending'], when: [duringCallback], then: ['reportReplay'] }, MONEY_LOST],
  orderChecked: [
    ...NEVER_VERIFIED.map(refuseWaiting),
    refuseWaiting({
      when: [windowOver],
      to: 'failed',
      reason: 'WindowMissed',
      history: 'windowMissed',
      then: ['hook'],
    }),
    {
      from: ['received'],
      when: [isDue, orderVerifying],
      set: waitWithReceipt,
      history: unlessRepeated('orderTaken'),
    },
    refuseWaiting(DECLINED),
    {
      from: ['received'],
      when: [isDue, payableUnknown],
      set: waitWithReceipt,
      history: unlessRepeated('payableUnknown'),
    },
    {
      from: ['received'],
      when: [isDue],
      to: 'verifying',
      set: beginAttempt,
      history: 'claimed',
      data: ({ record }) => details({ receipt: record.referenceNumber }),
      then: ['verify'],
    },
  ],
};

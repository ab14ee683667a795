import {
  aboutShop,
  isDue,
  mayVerify,
  sameAttempt,
  sameReceiptOrNone,
  someUnanswered,
  stillAsked,
  verifyDue,
  windowOver,
} from '../guards';
import type { Input } from '../guards';
import { UNDECIDED } from '../statuses';
import type { PaymentRecord } from '../record';
import {
  beginAttempt,
  beginReviewAttempt,
  details,
  ifLost,
  lookAgain,
  releaseLease,
  restored,
} from './changes';
import type { Transitions } from './row';

type Answer = 'amountConfirmed' | 'amountDiffers' | 'verifyRefused' | 'verifyUnanswered';

/** Undecided, and not yet in review. A row that went back in time may be in any of these. */
const BEFORE_REVIEW = UNDECIDED.filter((status) => status !== 'review');

const restore = ({ record, event }: Input<Answer>): Partial<PaymentRecord> => restored(record, event.held);
const attemptOf = ({ event }: Input<Answer>): number => event.held.verifyAttempts;
const refusal = (input: Input<'verifyRefused'>): Record<string, string | number> =>
  details({ attempt: attemptOf(input), code: input.event.code, description: input.event.description });

/** One more refusal about the shop; an attempt that another process has begun meanwhile keeps its lease. */
const countShopRefusal = (input: Input<'verifyRefused'>): Partial<PaymentRecord> => {
  const patch = restore(input);
  const othersAttempt = input.record.status === 'verifying' && !sameAttempt(input);
  return {
    ...patch,
    shopRefusals: (patch.shopRefusals ?? 0) + 1,
    ...(othersAttempt ? {} : { ...releaseLease(input), ...lookAgain(input) }),
  };
};

/** Answers of verify-payment (protocol §4). */
export const VERIFY: Transitions<Answer | 'verifyRepeated'> = {
  verifyRepeated: [{ from: ['verifying'], when: [sameAttempt], set: beginAttempt, then: ['verify'] }],
  amountConfirmed: [
    {
      from: UNDECIDED,
      when: [sameReceiptOrNone],
      to: 'paid',
      set: (input) => ({ ...restore(input), verifiedAt: input.now }),
      history: 'amountConfirmed',
      data: (input) => ({ amount: input.record.amount, attempt: attemptOf(input) }),
      then: ['hook'],
    },
    { from: ['paid'], when: [sameReceiptOrNone] },
    { from: [...UNDECIDED, 'failed', 'paid'], then: ['reportLost', 'reportLate'] },
  ],
  amountDiffers: [
    {
      from: BEFORE_REVIEW,
      when: [sameReceiptOrNone],
      to: 'review',
      reason: 'AmountMismatch',
      set: restore,
      history: 'amountDiffers',
      data: (input) => ({ amount: input.event.amount, expected: input.record.amount }),
      then: ['hook'],
    },
    {
      from: ['review'],
      when: [stillAsked],
      reason: 'AmountMismatch',
      set: (input) => ({ ...releaseLease(input), nextVerifyAt: null }),
      history: 'amountDiffers',
      data: (input) => ({ amount: input.event.amount, expected: input.record.amount }),
    },
    { from: ['review'], set: releaseLease },
    { from: [...BEFORE_REVIEW, 'failed'], then: ['reportLost', 'reportLate'] },
  ],
  verifyRefused: [
    {
      from: BEFORE_REVIEW,
      when: [sameReceiptOrNone, aboutShop],
      unless: [windowOver],
      to: 'verifying',
      set: countShopRefusal,
      history: 'shopRefused',
      data: refusal,
      then: ['reportRefusal'],
    },
    {
      from: BEFORE_REVIEW,
      when: [sameReceiptOrNone, someUnanswered],
      to: 'review',
      reason: 'VerificationUnclear',
      set: restore,
      history: 'verifyRefused',
      data: refusal,
      then: ['reportRefusal', 'hook'],
    },
    {
      from: BEFORE_REVIEW,
      when: [sameReceiptOrNone],
      to: 'failed',
      reason: 'VerificationRefused',
      set: restore,
      history: 'verifyRefused',
      data: refusal,
      then: ['reportRefusal', 'hook'],
    },
    {
      from: ['review'],
      when: [aboutShop, stillAsked],
      set: (input) => ({ ...releaseLease(input), shopRefusals: input.record.shopRefusals + 1 }),
      history: 'shopRefused',
      data: refusal,
      then: ['reportRefusal'],
    },
    {
      from: ['review'],
      when: [stillAsked],
      reason: 'VerificationUnclear',
      set: (input) => ({ ...releaseLease(input), nextVerifyAt: null }),
      history: 'verifyRefused',
      data: refusal,
      then: ['reportRefusal'],
    },
    { from: ['review'], set: releaseLease, then: ['reportRefusal'] },
  ],
  verifyUnanswered: [
    {
      from: BEFORE_REVIEW,
      when: [sameReceiptOrNone, sameAttempt, windowOver],
      to: 'review',
      reason: 'VerificationTimedOut',
      set: (input) => ({ ...restore(input), nextVerifyAt: input.now + input.policy.reviewSpacingMs }),
      history: 'verifyTimedOut',
      data: (input) => ({ attempt: attemptOf(input) }),
      then: ['hook'],
    },
    {
      from: ['verifying'],
      when: [sameAttempt],
      set: (input) => ({ ...releaseLease(input), ...lookAgain(input) }),
      history: 'verifyUnanswered',
      data: (input) => ({ attempt: attemptOf(input) }),
    },
    {
      from: ['created', 'pending', 'received'],
      when: [sameReceiptOrNone],
      to: 'verifying',
      set: (input) => ({ ...restore(input), ...lookAgain(input) }),
      history: 'verifyUnanswered',
      data: (input) => ({ attempt: attemptOf(input) }),
    },
    { from: ['review'], set: releaseLease },
  ],
};

/** Attempts that are due. */
export const VERIFY_DUE: Transitions<'due'>['due'] = [
  {
    from: ['verifying'],
    when: [isDue, mayVerify, sameAttempt],
    set: beginAttempt,
    history: ifLost('verifyLost'),
    data: ({ record }) => ({ attempt: record.verifyAttempts }),
    then: ['verify'],
  },
  {
    from: ['review'],
    when: [isDue, mayVerify, sameAttempt, verifyDue],
    set: beginReviewAttempt,
    then: ['verify'],
  },
];

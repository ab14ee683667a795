import { changedSince, exceedsAmount, hasReceipt, hookPending, leased, resolvedPaid } from '../guards';
import type { Input } from '../guards';
import { withoutWords } from '../history';
import type { PaymentRecord } from '../record';
import { EVERY, FINAL, UNDECIDED } from '../statuses';
import { beginAttempt, beginCall, beginReviewAttempt } from './changes';
import type { Transitions } from './row';

type Staff = 'resolved' | 'retried' | 'noted' | 'gaveBack' | 'purged';

/** A decision is refused if the payment has changed since the person read it. */
const ANOTHER_VERSION = { from: EVERY, when: [changedSince], refuse: 'changedMeanwhile' } as const;

const textOf = ({ event }: Input<'resolved' | 'noted'>): { text: string } => ({ text: event.text });

/** Personal data goes; the receipt, the sums, the order and the numbers of the history stay. */
const withoutPersonalData = ({ record }: Input<'purged'>): Partial<PaymentRecord> => ({
  cellNumber: null,
  description: null,
  metadata: null,
  settlement: null,
  maskedPan: null,
  cardEnd: null,
  token: null,
  history: record.history.map(withoutWords),
});

/** Acts of staff, each with who, why and when in the history. */
export const STAFF: Transitions<Staff> = {
  resolved: [
    ANOTHER_VERSION,
    { from: ['review'], when: [leased], refuse: 'leased' },
    {
      from: ['review'],
      when: [resolvedPaid],
      to: 'paid',
      set: ({ now }) => ({ verifiedAt: now }),
      history: 'resolved',
      data: textOf,
      then: ['hook'],
    },
    {
      from: ['review'],
      to: 'failed',
      reason: 'ResolvedByHand',
      history: 'resolved',
      data: textOf,
      then: ['hook'],
    },
    { from: [...UNDECIDED, ...FINAL], refuse: 'notInReview' },
  ],
  retried: [
    ANOTHER_VERSION,
    { from: EVERY, when: [leased], refuse: 'leased' },
    { from: ['verifying'], set: beginAttempt, history: 'retried', then: ['verify'] },
    {
      from: ['review', 'paid', 'failed'],
      when: [hookPending],
      set: beginCall,
      history: 'retried',
      then: ['hook'],
    },
    { from: ['review'], set: beginReviewAttempt, history: 'retried', then: ['verify'] },
    { from: ['received'], set: ({ now }) => ({ nextVerifyAt: now }), history: 'retried' },
    { from: EVERY, refuse: 'nothingPending' },
  ],
  noted: [ANOTHER_VERSION, { from: EVERY, history: 'noted', data: textOf }],
  gaveBack: [
    ANOTHER_VERSION,
    { from: UNDECIDED, refuse: 'notGivenBack' },
    { from: FINAL, unless: [hasReceipt], refuse: 'notGivenBack' },
    { from: FINAL, when: [exceedsAmount], refuse: 'exceedsAmount' },
    {
      from: FINAL,
      set: ({ record, event, now }) => ({
        givenBack: record.givenBack + event.amount,
        givenBackAt: now,
      }),
      history: 'gaveBack',
      data: ({ event }) => ({ amount: event.amount, reference: event.reference, text: event.text }),
    },
  ],
  purged: [
    { from: UNDECIDED, refuse: 'notPurgeable' },
    { from: FINAL, when: [hookPending], refuse: 'notPurgeable' },
    { from: FINAL, set: withoutPersonalData, history: 'purged' },
  ],
};

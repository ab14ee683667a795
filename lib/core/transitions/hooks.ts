import { hookRetryMs } from '../policy';
import {
  hasLease,
  heldPaid,
  hookDue,
  hookPending,
  isDue,
  markStands,
  mayCallAtOnce,
  notApplied,
  sameCall,
  sameLease,
  sameReceiptOrNone,
  sameStatus,
} from '../guards';
import type { Input } from '../guards';
import type { PaymentRecord } from '../record';
import { HOOKED, UNDECIDED } from '../statuses';
import { beginCall, ifLost, releaseLease, restored } from './changes';
import type { Transition, Transitions } from './row';

type HookEnd = 'hookReturned' | 'hookThrew' | 'hookNotOwed';

const callOf = ({ event }: Input<HookEnd>): { call: number } => ({ call: event.held.hookAttempts });

/** The row went back in time: the payment is paid, and its hook is called again. */
const PAID_AGAIN: Transition<HookEnd> = {
  from: UNDECIDED,
  when: [heldPaid, sameReceiptOrNone],
  to: 'paid',
  set: ({ record, event: { held } }) => ({ ...restored(record, held), verifiedAt: held.verifiedAt }),
  history: 'hookUndone',
  data: callOf,
  then: ['hook'],
};
const LOST: Transition<HookEnd> = {
  from: [...UNDECIDED, 'failed'],
  when: [heldPaid],
  then: ['reportLost', 'reportLate'],
};
/** An earlier call has delivered the hook meanwhile. */
const DELIVERED_BEFORE: Transition<HookEnd> = { from: HOOKED, when: [sameCall], set: releaseLease };

/** Delivered, also by a call that took longer than its lease; a call that runs meanwhile keeps its lease. */
const delivered = (input: Input<HookEnd>): Partial<PaymentRecord> => ({
  ...releaseLease(input),
  hookDeliveredAt: input.now,
  nextHookAt: null,
});

/** How a call of the shop's hook ended. */
export const HOOKS: Transitions<HookEnd | 'hookApplied'> = {
  hookApplied: [
    {
      from: HOOKED,
      when: [sameCall, hookPending, notApplied],
      set: ({ now }) => ({ hookAppliedAt: now }),
    },
  ],
  hookReturned: [
    {
      from: HOOKED,
      when: [sameStatus, hookPending, markStands],
      set: delivered,
      history: 'hookDelivered',
      data: callOf,
    },
    {
      from: HOOKED,
      when: [sameCall, hookPending],
      set: (input) => ({ ...releaseLease(input), nextHookAt: input.now }),
      history: 'hookUndone',
      data: callOf,
    },
    DELIVERED_BEFORE,
    PAID_AGAIN,
    LOST,
  ],
  hookThrew: [
    {
      from: HOOKED,
      when: [sameCall, sameLease, hookPending, mayCallAtOnce],
      set: beginCall,
      history: 'hookThrew',
      data: (input) => ({ ...callOf(input), problem: input.event.problem }),
      then: ['hook'],
    },
    {
      from: HOOKED,
      when: [sameCall, hookPending],
      set: (input) => ({
        ...releaseLease(input),
        nextHookAt: input.now + hookRetryMs(input.record.hookAttempts, input.event.spread, input.policy),
      }),
      history: 'hookThrew',
      data: (input) => ({ ...callOf(input), problem: input.event.problem }),
    },
    DELIVERED_BEFORE,
    PAID_AGAIN,
    LOST,
  ],
  hookNotOwed: [
    {
      from: HOOKED,
      when: [sameStatus, hookPending],
      set: delivered,
      history: 'hookSkipped',
    },
  ],
};

/** Hook calls that are due, and leases that ran out with nothing else due. */
export const HOOK_DUE: Transitions<'due'>['due'] = [
  {
    from: HOOKED,
    when: [isDue, sameCall, hookDue],
    set: beginCall,
    history: ifLost('hookLost'),
    data: ({ record }) => ({ call: record.hookAttempts }),
    then: ['hook'],
  },
  { from: HOOKED, when: [isDue, hasLease], set: () => ({ leaseUntil: null }) },
];

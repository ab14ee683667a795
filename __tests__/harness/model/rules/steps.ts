import { hasCode } from '../../../../lib/errors';
import { STATUSES } from '../../../../lib/core/statuses';
import { windowEnd } from '../../../../lib/core/policy';
import {
  rowsOf,
  statusesOf,
  isOn,
  inFlight,
  othersOf,
  isAlive,
  untouched,
  becomes,
  type StepRule,
} from './look';
import { POLICY } from '../world';

/** The rules of the design, as far as a step can break them. */
export const STEP_RULES: readonly StepRule[] = [
  {
    rule: 'Final is final',
    broken: ({ before, after, happened }) =>
      happened.rewind !== true &&
      before.db.rows.some(
        (old, place) => old && STATUSES[old.status].final && after.db.rows[place]?.status !== old.status,
      ),
  },
  {
    rule: 'Rule 2: a receipt is stored before the gateway is asked about it',
    lostByRewind: true,
    broken: ({ before, happened: { called, payment = -1 } }) =>
      called?.what === 'verify' && before.db.rows[payment]?.receiptKey !== called.held.receiptKey,
  },
  {
    rule: 'Rule 2: a replay changes nothing',
    broken: (taken) =>
      taken.happened.effects?.includes('reportReplay') === true && taken.before.db !== taken.after.db,
  },
  {
    rule: 'Rule 3: a second payment of a paid order is not verified',
    lostByRewind: true,
    broken: ({ before, happened: { called } }) =>
      called?.what === 'verify' &&
      othersOf(before, called.held).some(({ status }) => status === 'paid' || status === 'review'),
  },
  {
    rule: 'Rule 3: a callback reads the order’s holder before it claims',
    broken: ({ before, after }) =>
      after.processes.some(
        (work, index) =>
          work.at === 'claim' &&
          before.processes[index]?.at === 'idle' &&
          STATUSES[work.read.status].open &&
          work.order.holder === null &&
          othersOf(after, work.read).some(({ status }) => STATUSES[status].holdsOrder),
      ),
  },
  {
    rule: 'Rule 4: a failure that a buyer brings ends nothing but a pending payment',
    broken: (taken) =>
      isOn(taken, 'buyerFailed') &&
      taken.before.db !== taken.after.db &&
      statusesOf(taken).from !== 'pending',
  },
  {
    rule: 'Rule 5: each attempt is counted and stored before its call',
    lostByRewind: true,
    broken: ({ before, happened: { called, payment = -1 } }) =>
      called?.what === 'verify' &&
      (before.memory.asked[payment] ?? 0) >= (before.db.rows[payment]?.verifyAttempts ?? 0),
  },
  {
    rule: 'Rule 5: a refusal fails no payment of which the asking process knows an unanswered attempt',
    broken: (taken) => {
      const { event } = taken.happened;
      if (event?.on !== 'verifyRefused') return false;
      const { verifyAttempts, shopRefusals } = event.held;
      return becomes(taken, 'failed') && verifyAttempts - shopRefusals > 1;
    },
  },
  {
    rule: 'Rule 5: a refusal about the shop fails no payment within its window',
    broken: (taken) => {
      const { event } = taken.happened;
      return (
        event?.on === 'verifyRefused' &&
        event.aboutShop &&
        becomes(taken, 'failed') &&
        windowEnd(event.held, POLICY) > taken.before.now
      );
    },
  },
  {
    rule: 'Rule 5: an equal amount is never dropped',
    broken: (taken) => {
      const { event, effects, threw, weather } = taken.happened;
      if (event?.on !== 'amountConfirmed') return false;
      if (threw !== undefined) return weather === 'fine' && !hasCode(threw, 'ERR_ATIPAY_STORE_LOCKED');
      const { row } = rowsOf(taken);
      const isPaid = row?.status === 'paid' && row.receiptKey === event.held.receiptKey;
      return !isPaid && !(effects?.includes('reportLost') && effects.includes('reportLate'));
    },
  },
  {
    rule: 'Rule 6: onFailure’s transaction does not commit while a payment of the order is alive',
    broken: ({ before, happened: { committed } }) =>
      committed?.status === 'failed' && othersOf(before, committed).some(isAlive),
  },
  {
    rule: 'Rule 6: onFailure is not called while a payment of the order is alive',
    broken: ({ before, happened: { called } }) =>
      called?.what === 'hook' &&
      called.held.status === 'failed' &&
      othersOf(before, called.held).some(isAlive),
  },
  {
    rule: 'Rule 7: an order that the shop does not call payable is not verified',
    broken: (taken) => {
      const { event } = taken.happened;
      if (event?.on !== 'buyerPaid' && event?.on !== 'orderChecked') return false;
      return event.order.holder === null && event.order.payable !== true && becomes(taken, 'verifying');
    },
  },
  {
    rule: 'Rule 8: staff decide nothing, and retry nothing, while an attempt or a call is under way',
    broken: (taken) =>
      isOn(taken, 'resolved', 'retried') &&
      taken.happened.changed === true &&
      inFlight(taken.before, taken.happened.payment),
    lostByRewind: true,
  },
  {
    rule: 'Rule 8: a note or a give-back changes nothing else',
    broken: (taken) => {
      const { old, row } = rowsOf(taken);
      return isOn(taken, 'noted', 'gaveBack') && old !== undefined && untouched(old) !== untouched(row);
    },
  },
];

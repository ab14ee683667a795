import type { EventName } from '../../../../lib/core/event';
import { rowsOf, isOn, othersUnderLease, type StepRule } from './look';
import { placeOf } from '../world';

/** The design's sentences on ownership. */
export const OWNERSHIP_RULES: readonly StepRule[] = [
  {
    rule: 'Ownership: two attempts of a payment are not under way at once',
    lostByRewind: true,
    broken: ({ before, happened: { called } }) =>
      called?.what === 'verify' && othersUnderLease(before, called.held, 'asked') > 0,
  },
  {
    rule: 'Ownership: two hook calls of a payment are not under way at once',
    lostByRewind: true,
    broken: ({ before, happened: { called } }) =>
      called?.what === 'hook' && othersUnderLease(before, called.held, 'hook') > 0,
  },
  {
    rule: 'Ownership: a process whose attempt or call has ended gives its lease back',
    lostByRewind: true,
    broken: (taken) => {
      const { event, effects, threw } = taken.happened;
      const { row } = rowsOf(taken);
      if (!event || !ENDS.includes(event.on) || !('held' in event) || threw !== undefined) return false;
      const goesOn = effects?.includes('verify') === true || effects?.includes('hook') === true;
      return (
        !goesOn &&
        row !== undefined &&
        row.status === event.held.status &&
        row.leaseUntil !== null &&
        row.leaseUntil === event.held.leaseUntil
      );
    },
  },
  {
    rule: 'Ownership: a payment that a process saw paid, and no longer finds, is paid again or reported',
    broken: (taken) => {
      const { event, effects, threw, weather } = taken.happened;
      if (!event || !isOn(taken, 'hookReturned', 'hookThrew') || !('held' in event)) return false;
      if (event.held.status !== 'paid') return false;
      if (threw !== undefined) return weather === 'fine';
      return rowsOf(taken).row?.status !== 'paid' && !effects?.includes('reportLost');
    },
  },
  {
    rule: 'Ownership: a claim that meets a lock waits with its receipt',
    broken: (taken) => {
      const { event, weather, threw } = taken.happened;
      const { old } = rowsOf(taken);
      return (
        event?.on === 'buyerPaid' &&
        weather === 'locked' &&
        threw !== undefined &&
        old?.status === 'pending' &&
        event.order.holder === null &&
        event.order.payable === true
      );
    },
  },
  {
    rule: 'Ownership: a second attempt is stored before the first is failed',
    broken: ({ before, after, happened: { event } }) =>
      event?.on === 'tokenUnanswered' &&
      after.processes.some(
        (work) =>
          work.at === 'afresh' &&
          before.db.rows[placeOf(work.first)]?.status === 'created' &&
          after.db.rows[placeOf(work.first)]?.status === 'failed',
      ),
  },
];

const ENDS: readonly EventName[] = [
  'amountConfirmed',
  'amountDiffers',
  'verifyRefused',
  'verifyUnanswered',
  'hookReturned',
  'hookThrew',
];

import type { FailureReason, Payment, PaymentStatus } from 'express-atipay';
import type { EventName } from '../../lib/core/event';
import { newPayment } from '../../lib/core/new-payment';
import { toShopPayment } from '../../lib/core/payment';
import { EVERY, HOOKED } from '../../lib/core/statuses';
import { TRANSITIONS } from '../../lib/core/transitions';
import { texts } from '../../lib/texts';

export const STATUSES = EVERY;

const RECORD = newPayment(
  {
    orderId: '1',
    amount: 250_000,
    currency: 'IRR',
    cellNumber: '09123456789',
    description: null,
    metadata: null,
    settlement: null,
  },
  {
    invoiceNumber: '17954928315143125994',
    account: 'default',
    origin: 'https://shop.example',
    returnKey: 'key',
    version: 1,
  },
  { tokenTimeoutMs: 0 },
  0,
);

/** A payment that failed, or is in review, for this reason. */
export const paymentWith = (status: 'failed' | 'review', failureReason: FailureReason): Payment =>
  toShopPayment({ ...RECORD, status, failureReason }, texts('en').failure);

const ASKED: readonly PaymentStatus[] = ['verifying', 'review'];

/** In which statuses an attempt or a hook call is under way; in others, a row has gone back in time. */
const UNDER_WAY: Partial<Record<EventName, readonly PaymentStatus[]>> = {
  amountConfirmed: ASKED,
  amountDiffers: ASKED,
  verifyRefused: ASKED,
  verifyUnanswered: ASKED,
  hookReturned: HOOKED,
  hookThrew: HOOKED,
};

/** Every pair `from to` of statuses that a payment can go through, unless its row goes back in time. */
export function possibleMoves(): string[] {
  const events = Object.keys(TRANSITIONS) as EventName[];
  const moves = events.flatMap((event) =>
    TRANSITIONS[event].flatMap(({ from, to }) =>
      [from]
        .flat()
        .filter((status) => to !== undefined && status !== to && (UNDER_WAY[event]?.includes(status) ?? true))
        .map((status) => `${status} ${to}`),
    ),
  );
  return [...new Set(moves)];
}

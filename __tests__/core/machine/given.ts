import { newPayment } from '../../../lib/core/new-payment';
import { decide, dueAtOf, type Decision } from '../../../lib/core/machine';
import { makePolicy } from '../../../lib/core/policy';
import type { PaymentRecord, PaymentStatus } from '../../../lib/core/record';
import { HOLDING } from '../../../lib/core/statuses';
import type { PaymentEvent } from '../../../lib/core/event';

export const NOW = 1_000_000_000;
export const MINUTE = 60_000;

export const POLICY = makePolicy({
  verifyWindowMs: 30 * MINUTE,
  pendingTimeoutMs: 60 * MINUTE,
  hookTimeoutMs: MINUTE,
  callTimeoutMs: 20_000,
  sweepEveryMs: 30_000,
  concurrency: 10,
  hooks: { paid: 'now', failed: 'now', review: 'now' },
});

const CREATED = newPayment(
  {
    orderId: 'A-1',
    amount: 250_000,
    currency: 'IRR',
    cellNumber: '09120000000',
    description: 'shoes',
    metadata: { color: 'red' },
    settlement: null,
  },
  {
    invoiceNumber: '17000000000000000001',
    account: 'default',
    origin: 'https://shop.example',
    returnKey: 'key',
    version: 7,
  },
  POLICY,
  NOW - MINUTE,
);

const DECIDED: readonly PaymentStatus[] = ['paid', 'failed', 'review'];
const WITHOUT_RECEIPT: readonly PaymentStatus[] = ['created', 'pending'];

/** A record in a status, with the fields that belong to it. */
export function recordIn(status: PaymentStatus, changes: Partial<PaymentRecord> = {}): PaymentRecord {
  const received = WITHOUT_RECEIPT.includes(status)
    ? {}
    : { referenceNumber: 'Ref-1', receiptKey: 'ref+1', receivedAt: NOW - MINUTE };
  const hook = DECIDED.includes(status) ? { nextHookAt: NOW - 1, hookAttempts: 1 } : {};
  const record: PaymentRecord = {
    ...CREATED,
    status,
    expiresAt: WITHOUT_RECEIPT.includes(status) ? NOW + MINUTE : null,
    orderKey: HOLDING.includes(status) ? 'A-1' : null,
    verifyAttempts: status === 'verifying' || DECIDED.includes(status) ? 1 : 0,
    nextVerifyAt: status === 'verifying' || status === 'received' ? NOW - 1 : null,
    failureReason: status === 'review' ? 'VerificationTimedOut' : status === 'failed' ? 'Failed' : null,
    ...received,
    ...hook,
    ...changes,
  };
  return { ...record, dueAt: dueAtOf(record) };
}

const details = { traceNumber: '12', terminalId: null, rrn: null, maskedPan: null, cardEnd: null };
const by = 'Sara';
const text = 'seen in the bank’s panel';

/** Events of every kind, for a process that holds a record. */
export function eventsFor(held: PaymentRecord): PaymentEvent[] {
  const receipts = ['Ref-1', 'Ref-2'].map((referenceNumber) => ({ ...details, referenceNumber }));
  const orders = ([null, 'paid', 'review', 'verifying'] as const).flatMap((holder) =>
    [true, false, null].map((payable) => ({ holder, payable })),
  );
  const answers: PaymentEvent[] = [
    { on: 'amountConfirmed', held },
    { on: 'amountDiffers', held, amount: 1 },
    ...[true, false].map((aboutShop) => ({ on: 'verifyRefused' as const, held, aboutShop, ...NO_WORDS })),
    { on: 'verifyUnanswered', held, problem: 'timeout' },
  ];
  const receiptEvents = receipts.flatMap((receipt) =>
    orders.map((order) => ({ on: 'buyerPaid' as const, receipt, order })),
  );
  const checks = orders.map((order) => ({ on: 'orderChecked' as const, held, order }));
  const hooks: PaymentEvent[] = [
    { on: 'hookApplied', held },
    ...[true, false].map((applied) => ({ on: 'hookReturned' as const, held, applied })),
    ...[true, false].map((transient) => ({
      on: 'hookThrew' as const,
      held,
      problem: 'no stock',
      transient,
      spread: 1,
    })),
    { on: 'hookNotOwed', held },
  ];
  const staff: PaymentEvent[] = [
    ...(['paid', 'failed'] as const).map((outcome) => ({ on: 'resolved' as const, by, text, outcome })),
    { on: 'retried', by },
    { on: 'noted', by, text },
    ...[100_000, 300_000].map((amount) => ({ on: 'gaveBack' as const, by, text, amount, reference: '9' })),
    { on: 'purged', by },
  ];
  const seen = held.version + 1;
  const onAnotherVersion: PaymentEvent[] = [
    { on: 'resolved', by, text, outcome: 'paid', seen },
    { on: 'retried', by, seen },
    { on: 'noted', by, text, seen },
    { on: 'gaveBack', by, text, amount: 100_000, reference: '9', seen },
  ];
  const begin: PaymentEvent[] = [
    { on: 'tokenGiven', token: 'token' },
    { on: 'tokenRefused', ...NO_WORDS },
    { on: 'tokenUnanswered', problem: 'timeout' },
    { on: 'buyerFailed', reason: 'CanceledByUser', state: 'CanceledByUser', details: { rrn: '5' } },
    ...[true, false].map((mayVerify) => ({ on: 'due' as const, held, mayVerify })),
    { on: 'verifyRepeated', held },
  ];
  const events = [...begin, ...receiptEvents, ...checks, ...answers, ...hooks, ...staff, ...onAnotherVersion];
  const during = [receiptEvents[0], checks[0], answers[0], answers[1], answers[3]].filter((event) => event);
  const taken = during.flatMap((event) =>
    (['orderTaken', 'receiptTaken'] as const).map((on) => ({ on, during: event as PaymentEvent })),
  );
  return [...events, ...taken];
}

const NO_WORDS = { code: '12', description: 'no' };

export const CREATED_AT = NOW - MINUTE;
export const LONG_AGO = NOW - 40 * MINUTE;
export const held = recordIn('verifying');
export const receipt = {
  referenceNumber: 'Ref_1=',
  traceNumber: null,
  terminalId: null,
  rrn: '7',
  maskedPan: null,
  cardEnd: null,
};
export const free = { holder: null, payable: true };
export const failed = recordIn('failed');
export const paid = recordIn('paid');
export const HOUR = 60 * MINUTE;
/** The decision of the table at {@link NOW}. */
export const decided = (record: PaymentRecord, event: PaymentEvent): Decision =>
  decide(record, event, POLICY, NOW);

import type { HistoryEntry, HistoryEvent, PaymentRecord, PaymentStatus } from '../core/record';

/** Where a payment stands, as far as its money and its shop are concerned. */
export type Situation =
  | 'created'
  | 'pending'
  | 'received'
  | 'verifying'
  | 'paid'
  | 'paidNotDelivered'
  | 'failedByHand'
  | 'failedWithoutReceipt'
  | 'failedUntouched'
  | 'failedRefused'
  | 'failedReturned'
  | 'reviewAmount'
  | 'reviewUnclear'
  | 'reviewTimedOut';

/** The situation that a record describes. */
export function situationOf(record: PaymentRecord): Situation {
  switch (record.status) {
    case 'paid':
      return record.hookDeliveredAt === null ? 'paidNotDelivered' : 'paid';
    case 'failed':
      return failedSituation(record);
    case 'review':
      return REVIEWS[record.failureReason ?? ''] ?? 'reviewTimedOut';
    default:
      return record.status;
  }
}

const REVIEWS: Partial<Record<string, Situation>> = {
  AmountMismatch: 'reviewAmount',
  VerificationUnclear: 'reviewUnclear',
};

function failedSituation({ failureReason, referenceNumber }: PaymentRecord): Situation {
  if (failureReason === 'ResolvedByHand') return 'failedByHand';
  if (failureReason === 'TokenRefused' || failureReason === 'GatewayUnavailable') return 'failedUntouched';
  if (referenceNumber === null) return 'failedWithoutReceipt';
  return failureReason === 'VerificationRefused' ? 'failedRefused' : 'failedReturned';
}

/** The latest entry of one of these events. */
export const latest = ({ history }: PaymentRecord, ...events: HistoryEvent[]): HistoryEntry | undefined =>
  history.findLast(({ event }) => events.includes(event));

/** Whether the buyer came back from the bank, with any result. */
export const cameBack = ({ receivedAt, history }: PaymentRecord): boolean =>
  receivedAt !== null || history.some(({ event }) => event === 'buyerFailed');

/** Which of an order's payments says how the order stands: the first of these that there is. */
const TELLING: readonly PaymentStatus[] = [
  'paid',
  'review',
  'verifying',
  'received',
  'pending',
  'created',
  'failed',
];

/** The payment that an order's answer is about. `records` are the order's, newest first. */
export function telling(records: readonly PaymentRecord[]): PaymentRecord | undefined {
  for (const status of TELLING) {
    const record = records.find((candidate) => candidate.status === status);
    if (record) return record;
  }
  return undefined;
}

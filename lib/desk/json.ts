import type { HistoryEntry, Payment, PaymentRecord } from '../payment';
import { toPayment } from '../payment-view';

/** A payment for programs: as hooks see it, and what the machinery still owes. Times are epoch milliseconds. */
export type PaymentJson = Payment & {
  amountInRials: number;
  machinery: Pick<
    PaymentRecord,
    'receivedAt' | 'dueAt' | 'askAt' | 'asks' | 'hookAttempts' | 'handledAt' | 'appliedAt'
  >;
  history: HistoryEntry[];
};

/** Named one by one: neither the return key nor the token is among them. */
export function asJson(record: PaymentRecord): PaymentJson {
  const { amount, receivedAt, dueAt, askAt, asks, hookAttempts, handledAt, appliedAt, history } = record;
  return {
    ...toPayment(record, 'en'),
    amountInRials: amount,
    machinery: { receivedAt, dueAt, askAt, asks, hookAttempts, handledAt, appliedAt },
    history,
  };
}

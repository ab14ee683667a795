import { toShopPayment, type Payment } from '../../core/payment';
import type { HistoryEntry, PaymentRecord } from '../../core/record';
import { texts } from '../../texts';
import { historyText } from '../../texts/history';

type Schedule = Pick<
  PaymentRecord,
  | 'receivedAt'
  | 'dueAt'
  | 'leaseUntil'
  | 'nextVerifyAt'
  | 'verifyAttempts'
  | 'shopRefusals'
  | 'nextHookAt'
  | 'hookAttempts'
  | 'hookAppliedAt'
  | 'hookDeliveredAt'
>;

/** A payment for programs: as hooks see it, and the pending work. Times are epoch milliseconds. */
export type PaymentJson = Payment & {
  amountInRials: number;
  givenBackInRials: number;
  schedule: Schedule;
  history: (HistoryEntry & { text: string })[];
};

/** Fields by name: neither the return key nor the token is among them. */
export function asJson(record: PaymentRecord): PaymentJson {
  return {
    ...toShopPayment(record, texts('en').failure),
    amountInRials: record.amount,
    givenBackInRials: record.givenBack,
    schedule: scheduleOf(record),
    history: record.history.map((entry) => ({ ...entry, text: historyText(entry, 'en') })),
  };
}

function scheduleOf(record: PaymentRecord): Schedule {
  const { receivedAt, dueAt, leaseUntil, nextVerifyAt, verifyAttempts, shopRefusals } = record;
  const { nextHookAt, hookAttempts, hookAppliedAt, hookDeliveredAt } = record;
  return {
    receivedAt,
    dueAt,
    leaseUntil,
    nextVerifyAt,
    verifyAttempts,
    shopRefusals,
    nextHookAt,
    hookAttempts,
    hookAppliedAt,
    hookDeliveredAt,
  };
}

/** The types of the package's values, exactly. Compiled, never run. */
import {
  AtipayError,
  type Atipay,
  type AtipayErrorCode,
  type AtipayEvents,
  type AtipayRouter,
  type FailureReason,
  type HistoryEntry,
  type HistoryLine,
  type Payment,
  type PaymentFailure,
  type PaymentStatus,
  type ReviewPayment,
  type StartedPayment,
  type SweepReport,
} from 'express-atipay';
import type { Router } from 'express';
import { is, same } from './same';

declare const router: AtipayRouter;
declare const payment: Payment;
declare const error: unknown;

same<AtipayRouter['atipay'], Atipay>(true);
export const mounted: Router = router;

same<ReturnType<Atipay['start']>, Promise<StartedPayment>>(true);
same<ReturnType<Atipay['find']>, Promise<Payment | undefined>>(true);
same<ReturnType<Atipay['findByOrder']>, Promise<Payment[]>>(true);
same<Parameters<Atipay['findByOrder']>, [orderId: string | number | bigint]>(true);
same<ReturnType<Atipay['reviews']>, Promise<ReviewPayment[]>>(true);
same<ReturnType<Atipay['history']>, Promise<HistoryLine[]>>(true);
same<ReturnType<Atipay['recover']>, Promise<SweepReport>>(true);
same<ReturnType<Atipay['close']>, Promise<void>>(true);
same<
  Parameters<Atipay['resolve']>,
  [invoiceNumber: string, outcome: 'paid' | 'failed', text: string, by?: string | undefined]
>(true);
same<ReturnType<Atipay['resolve']>, Promise<Payment>>(true);
same<Parameters<Atipay['note']>, [invoiceNumber: string, by: string, text: string]>(true);
same<ReturnType<Atipay['note']>, Promise<Payment>>(true);
same<Parameters<Atipay['giveBack']>[1], { amount: number; reference: string; by: string; text: string }>(
  true,
);
same<Parameters<Atipay['retry']>, [invoiceNumber: string, by: string]>(true);

same<Payment['status'], PaymentStatus>(true);
same<Payment['amount'], number>(true);
same<Payment['orderId'], string>(true);

switch (payment.status) {
  case 'paid':
    same<typeof payment.referenceNumber, string>(true);
    same<typeof payment.verifiedAt, number>(true);
    break;
  case 'review':
    same<typeof payment.referenceNumber, string>(true);
    same<typeof payment.failure, PaymentFailure>(true);
    break;
  case 'failed':
    same<typeof payment.failure.reason, FailureReason>(true);
    same<typeof payment.referenceNumber, string | undefined>(true);
    break;
  default:
    same<typeof payment.status, 'created' | 'pending' | 'received' | 'verifying'>(true);
    // @ts-expect-error -- an undecided payment has not failed
    is<PaymentFailure>()(payment.failure, true);
}

// @ts-expect-error -- the shop does not see the keys of a payment
is<string>()(payment.returnKey, true);

router.atipay.events.on('transition', (told) => is<AtipayEvents['transition'][0]>()(told, true));
router.atipay.events.on('transition', ({ entry }) => is<HistoryEntry>()(entry, true));
router.atipay.events.on('hookError', ({ error: thrown, attempt, nextTryAt }) => {
  is<unknown>()(thrown, true);
  is<number>()(attempt, true);
  is<number>()(nextTryAt, true);
});

if (error instanceof AtipayError) {
  same<typeof error.code, AtipayErrorCode>(true);
  // @ts-expect-error -- no such code
  is<boolean>()(error.code === 'ERR_ATIPAY_CONFG', true);
}

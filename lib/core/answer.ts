import type { PaymentEvent } from './event';
import type { PaymentRecord } from './record';

/** An answer of verify-payment, as the gateway's client reads it. */
export type VerifyAnswerLike =
  | { kind: 'amount'; amount: number }
  | { kind: 'refused'; aboutShop: boolean; code: string | undefined; description: string | undefined }
  | { kind: 'unanswered'; error: Error };

/** The event that an answer is for the payment it was asked about. Amounts are Rials. */
export function answerEvent(answer: VerifyAnswerLike, held: PaymentRecord): PaymentEvent {
  switch (answer.kind) {
    case 'amount':
      return answer.amount === held.amount
        ? { on: 'amountConfirmed', held }
        : { on: 'amountDiffers', held, amount: answer.amount };
    case 'refused': {
      const { aboutShop, code, description } = answer;
      return { on: 'verifyRefused', held, aboutShop, code, description };
    }
    case 'unanswered':
      return { on: 'verifyUnanswered', held, problem: answer.error.message };
  }
}

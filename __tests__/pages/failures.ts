import type { FailureReason } from '../../lib/core/record';
import { texts } from '../../lib/texts';

const isReason = (key: string): key is FailureReason => key in texts('en').failure;

/** Every reason a failed payment can have; the rest of the reasons lead to review. */
export const FAILURES: FailureReason[] = Object.keys(texts('en').failure)
  .filter(isReason)
  .filter((reason) => !/^(AmountMismatch|VerificationUnclear|VerificationTimedOut)$/.test(reason));

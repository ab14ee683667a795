import type { FailureReason } from 'express-atipay';
import { REASONS } from '../../lib/core/reasons';

const isReason = (key: string): key is FailureReason => Object.hasOwn(REASONS, key);

/** Every reason a failed payment can have; the rest of the reasons lead to review. */
export const FAILURES: FailureReason[] = Object.keys(REASONS)
  .filter(isReason)
  .filter((reason) => REASONS[reason].status === 'failed');

import { makePolicy } from '../core/policy';

const MINUTE = 60_000;

/** The shop's hooks are not at hand: the shop's next sweep calls them. */
export const LATER_HOOKS = makePolicy({
  verifyWindowMs: 30 * MINUTE,
  pendingTimeoutMs: 60 * MINUTE,
  hookTimeoutMs: MINUTE,
  callTimeoutMs: 10_000,
  sweepEveryMs: undefined,
  concurrency: 10,
  hooks: { paid: 'later', failed: 'later', review: 'later' },
});

/** When the pending hook of a decided payment is called. */
export type HookPlan = 'now' | 'later' | 'none';

/** The settings that deadlines follow from. All times are milliseconds. */
export interface PolicySettings {
  verifyWindowMs: number;
  pendingTimeoutMs: number;
  hookTimeoutMs: number;
  /** `http.timeout`: the longest one call to the gateway takes. */
  callTimeoutMs: number;
  /** Time between two sweeps. */
  sweepEveryMs: number;
  /** Payments a sweep works on at once. */
  concurrency: number;
  /** Which outcomes have a hook; `later` leaves the call to the next sweep of another process. */
  hooks: Record<'paid' | 'failed' | 'review', HookPlan>;
}

/** Every deadline, lease, retry and wait of a payment. Times are milliseconds. */
export interface Policy {
  hooks: PolicySettings['hooks'];
  /** How long one process owns an attempt or a hook call. */
  leaseMs: number;
  /** How long get-token may take before the payment is given up. */
  tokenTimeoutMs: number;
  /** How long get-token waits while many other calls are under way. Then the buyer is asked to try again. */
  tokenPatienceMs: number;
  pendingTimeoutMs: number;
  /** How long a buyer is sent to the gateway with a token; later, a new attempt is offered. */
  tokenLifetimeMs: number;
  verifyWindowMs: number;
  /** From an attempt without an answer to the next one, and between two looks at an order that is taken. */
  verifySpacingMs: number;
  /** Between two attempts for a payment in review. */
  reviewSpacingMs: number;
  /** How long after the verify window a payment in review is still asked about. */
  reviewForMs: number;
  /** The longest wait of a buyer's callback for verify-payment, attempts and pauses together. */
  verifyPatienceMs: number;
  /** Attempts within one callback. */
  verifyTries: number;
  verifyPauseMs: number;
  /** A call with less time than this is not made. */
  shortestCallMs: number;
  /** How long the buyer's page waits for a hook; the hook goes on. */
  pagePatienceMs: number;
  stillPayableMs: number;
  hookTimeoutMs: number;
  /** How long after its hook's time a transaction may take to end. */
  transactionEndMs: number;
  firstHookRetryMs: number;
  longestHookRetryMs: number;
  /** Calls that follow at once when a hook fails for a transient reason of the database. */
  immediateHookRetries: number;
  /** Longest pause before such a call; each is drawn between 0 and this. */
  immediateHookPauseMs: number;
  /** How often a read that is older than the last write is repeated. */
  staleReadRetries: number;
  /** Before the first such read; each waits twice as long as the one before. */
  staleReadPauseMs: number;
  /** Attempts without an answer, and none with one, after which a sweep stops asking. */
  outageAfter: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Not documented for AtiPay; tokens of SEP are good for 20 minutes. */
const TOKEN_LIFETIME_MS = 15 * MINUTE;
const VERIFY_PATIENCE_MS = 15 * SECOND;
const TRANSACTION_END_MS = 10 * SECOND;
const VERIFY_SPACING_MS = 30 * SECOND;
/** The margin of a lease over the longest work under it, for clocks that differ and a slow write. */
const LEASE_MARGIN_MS = 50 * SECOND;
const SHORTEST_LEASE_MS = 120 * SECOND;

/** The policy that follows from a shop's settings. */
export function makePolicy(settings: PolicySettings): Policy {
  const { callTimeoutMs, hookTimeoutMs, sweepEveryMs } = settings;
  const longestWork = Math.max(VERIFY_PATIENCE_MS, callTimeoutMs, hookTimeoutMs + TRANSACTION_END_MS);
  return {
    hooks: settings.hooks,
    leaseMs: Math.max(SHORTEST_LEASE_MS, longestWork + LEASE_MARGIN_MS),
    tokenTimeoutMs: Math.max(SHORTEST_LEASE_MS, callTimeoutMs + LEASE_MARGIN_MS),
    tokenPatienceMs: 3 * SECOND,
    pendingTimeoutMs: settings.pendingTimeoutMs,
    tokenLifetimeMs: TOKEN_LIFETIME_MS,
    verifyWindowMs: settings.verifyWindowMs,
    verifySpacingMs: Math.min(sweepEveryMs, VERIFY_SPACING_MS),
    reviewSpacingMs: HOUR,
    reviewForMs: 24 * HOUR,
    verifyPatienceMs: VERIFY_PATIENCE_MS,
    verifyTries: 3,
    verifyPauseMs: 200,
    shortestCallMs: SECOND,
    pagePatienceMs: 10 * SECOND,
    stillPayableMs: 10 * SECOND,
    hookTimeoutMs,
    transactionEndMs: TRANSACTION_END_MS,
    firstHookRetryMs: 30 * SECOND,
    longestHookRetryMs: HOUR,
    immediateHookRetries: 3,
    immediateHookPauseMs: 250,
    staleReadRetries: 6,
    staleReadPauseMs: 20,
    outageAfter: Math.max(20, 2 * settings.concurrency),
  };
}

/**
 * When verifying a payment is no longer of use: the gateway gives the money back (protocol §4). The window opens with the
 * OK callback.
 */
export const windowEnd = (
  { receivedAt }: { receivedAt: number | null },
  { verifyWindowMs }: Pick<Policy, 'verifyWindowMs'>,
): number => (receivedAt === null ? Infinity : receivedAt + verifyWindowMs);

/**
 * The pause before the next call of a hook that failed: doubles with each call.
 *
 * @param spread - drawn between 0 and 1, so that hooks that failed together are not called together.
 */
export function hookRetryMs(call: number, spread: number, policy: Policy): number {
  const full = Math.min(policy.firstHookRetryMs * 2 ** (call - 1), policy.longestHookRetryMs);
  return Math.round(full * (0.75 + 0.25 * spread));
}

/** How a router sweeps unless its options say otherwise. */
export const DEFAULT_RECOVERY = { everyMs: 30_000, batch: 50, concurrency: 10 };

import fc from 'fast-check';
import { hookRetryMs, makePolicy, windowEnd, type PolicySettings } from '../../lib/core/policy';
import { OPTIONS } from '../../lib/options';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** A proxy gives up on a request after this long. */
const PROXY_MS = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const milliseconds = fc.integer({ min: 1, max: 7 * DAY });
const SETTINGS = fc.record<PolicySettings>({
  verifyWindowMs: milliseconds,
  pendingTimeoutMs: milliseconds,
  hookTimeoutMs: milliseconds,
  callTimeoutMs: milliseconds,
  sweepEveryMs: milliseconds,
  concurrency: fc.integer({ min: 1, max: 10_000 }),
  hooks: fc.constant({ paid: 'now', failed: 'now', review: 'none' }),
});

const holds = (check: (policy: ReturnType<typeof makePolicy>, settings: PolicySettings) => void): void =>
  fc.assert(fc.property(SETTINGS, (settings) => check(makePolicy(settings), settings)));

test('the settings of this test are those that the options allow', () => {
  for (const name of ['verifyWindowMs', 'pendingTimeoutMs', 'hookTimeoutMs'] as const) {
    expect(OPTIONS[name].rule.validate(7 * DAY).error).toBeUndefined();
    expect(OPTIONS[name].rule.validate(7 * DAY + 1).error).toBeDefined();
  }
  expect(OPTIONS.recovery.rule.validate({ concurrency: 10_001 }).error).toBeDefined();
});

test('a lease outlives the longest call of verify-payment', () =>
  holds(({ leaseMs }, { callTimeoutMs }) => expect(leaseMs).toBeGreaterThan(callTimeoutMs)));

test('a lease outlives all attempts of a callback', () =>
  holds(({ leaseMs, verifyPatienceMs }) => expect(leaseMs).toBeGreaterThan(verifyPatienceMs)));

test('a lease outlives a hook, the end of its transaction and the pauses of immediate retries', () =>
  holds(({ leaseMs, hookTimeoutMs, transactionEndMs, immediateHookRetries, immediateHookPauseMs }) => {
    const pauses = immediateHookRetries * immediateHookPauseMs;
    expect(leaseMs).toBeGreaterThan(hookTimeoutMs + transactionEndMs + pauses);
  }));

test('a payment is not given up while get-token may still answer', () =>
  holds(({ tokenTimeoutMs }, { callTimeoutMs }) => expect(tokenTimeoutMs).toBeGreaterThan(callTimeoutMs)));

test('a buyer’s page answers before a proxy gives up', () =>
  holds(({ stillPayableMs, verifyPatienceMs, pagePatienceMs }) =>
    expect(stillPayableMs + verifyPatienceMs + pagePatienceMs).toBeLessThan(PROXY_MS),
  ));

test('the attempts of a callback fit into its patience', () =>
  holds(({ verifyTries, shortestCallMs, verifyPauseMs, verifyPatienceMs }) =>
    expect(verifyTries * shortestCallMs + (verifyTries - 1) * verifyPauseMs).toBeLessThan(verifyPatienceMs),
  ));

test('attempts are not further apart than sweeps, and never over 30 seconds', () =>
  holds(({ verifySpacingMs }, { sweepEveryMs }) =>
    expect(verifySpacingMs).toBe(Math.min(sweepEveryMs, 30 * SECOND)),
  ));

test('a verify window of a minute or more has room for several attempts', () =>
  holds(({ verifySpacingMs, verifyWindowMs }) => {
    if (verifyWindowMs >= MINUTE) expect(2 * verifySpacingMs).toBeLessThanOrEqual(verifyWindowMs);
  }));

test('a review is asked about more than once', () =>
  holds(({ reviewSpacingMs, reviewForMs }) => expect(2 * reviewSpacingMs).toBeLessThan(reviewForMs)));

test('a sweep notices no outage before each of its workers has met it twice', () =>
  holds(({ outageAfter }, { concurrency }) => expect(outageAfter).toBeGreaterThanOrEqual(2 * concurrency)));

test('the window to verify in opens with the receipt', () => {
  const verifyWindowMs = 30 * MINUTE;
  expect(windowEnd({ receivedAt: 5 }, { verifyWindowMs })).toBe(5 + verifyWindowMs);
  expect(windowEnd({ receivedAt: null }, { verifyWindowMs })).toBe(Infinity);
});

const USUAL: PolicySettings = {
  verifyWindowMs: 30 * MINUTE,
  pendingTimeoutMs: 60 * MINUTE,
  hookTimeoutMs: 60 * SECOND,
  callTimeoutMs: 10 * SECOND,
  sweepEveryMs: 30 * SECOND,
  concurrency: 5,
  hooks: { paid: 'now', failed: 'now', review: 'none' },
};

test('the waiting times of a shop with usual settings', () => {
  expect(makePolicy(USUAL)).toEqual({
    hooks: USUAL.hooks,
    leaseMs: 120 * SECOND,
    tokenTimeoutMs: 120 * SECOND,
    tokenPatienceMs: 3 * SECOND,
    pendingTimeoutMs: 60 * MINUTE,
    tokenLifetimeMs: 15 * MINUTE,
    verifyWindowMs: 30 * MINUTE,
    verifySpacingMs: 30 * SECOND,
    reviewSpacingMs: 60 * MINUTE,
    reviewForMs: DAY,
    verifyPatienceMs: 15 * SECOND,
    verifyTries: 3,
    verifyPauseMs: 200,
    shortestCallMs: SECOND,
    pagePatienceMs: 10 * SECOND,
    stillPayableMs: 10 * SECOND,
    hookTimeoutMs: 60 * SECOND,
    transactionEndMs: 10 * SECOND,
    firstHookRetryMs: 30 * SECOND,
    longestHookRetryMs: 60 * MINUTE,
    immediateHookRetries: 3,
    immediateHookPauseMs: 250,
    staleReadRetries: 6,
    staleReadPauseMs: 20,
    outageAfter: 20,
  });
});

test('a lease grows with the longest work under it, and the first deadline with the call of get-token', () => {
  const slowHooks = makePolicy({ ...USUAL, hookTimeoutMs: 5 * MINUTE });
  expect(slowHooks).toMatchObject({ leaseMs: 6 * MINUTE, tokenTimeoutMs: 2 * MINUTE });
  const slowCalls = makePolicy({ ...USUAL, callTimeoutMs: 5 * MINUTE });
  const grown = 5 * MINUTE + 50 * SECOND;
  expect(slowCalls).toMatchObject({ leaseMs: grown, tokenTimeoutMs: grown });
});

test('the pause after a failed call doubles, less up to a quarter', () => {
  const policy = { ...makePolicy(USUAL), firstHookRetryMs: 8 * SECOND, longestHookRetryMs: 30 * SECOND };
  const pauses = (spread: number): number[] => [1, 2, 3].map((call) => hookRetryMs(call, spread, policy));
  expect(pauses(1)).toEqual([8 * SECOND, 16 * SECOND, 30 * SECOND]);
  expect(pauses(0)).toEqual([6 * SECOND, 12 * SECOND, 22.5 * SECOND]);
});

test('the pauses between hook calls grow from the first to the longest', () =>
  fc.assert(
    fc.property(
      SETTINGS,
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (settings, call, spread) => {
        const policy = makePolicy(settings);
        const pause = hookRetryMs(call, spread, policy);
        expect(policy.firstHookRetryMs).toBeLessThan(policy.longestHookRetryMs);
        expect(pause).toBeGreaterThanOrEqual(0.75 * policy.firstHookRetryMs);
        expect(pause).toBeLessThanOrEqual(policy.longestHookRetryMs);
        expect(hookRetryMs(call + 1, spread, policy)).toBeGreaterThanOrEqual(pause);
      },
    ),
  ));

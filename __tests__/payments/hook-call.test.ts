import type { PaymentRecord, PaymentStore } from 'express-atipay';
import { MemoryPaymentStore } from 'express-atipay';
import type { HookContext } from '../../lib/hook-context';
import { callHook, type HookOutcome } from '../../lib/payments/hook-call';
import type { Context } from '../../lib/payments/context';
import { aContext, transactional } from '../support/context';
import { aRecord, NOW } from '../support/record';
import { sharing } from '../support/sharing';
import { timersOf } from '../support/timers';

type Hook = (context: HookContext<unknown>) => unknown;

const NOT_FAKED = ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'] as const;
const HOOK_TIMEOUT_MS = 12_345;

/** A decided payment whose hook is called for the third time. */
async function pending(
  changes: Partial<PaymentRecord> = {},
  wrap: (rows: PaymentStore) => PaymentStore = transactional,
  hookTimeoutMs = HOOK_TIMEOUT_MS,
): Promise<{ record: PaymentRecord; context: Context; rows: PaymentStore }> {
  const rows = new MemoryPaymentStore({ quiet: true });
  const record = aRecord({
    status: 'paid',
    orderKey: 'A-1',
    expiresAt: null,
    nextHookAt: NOW,
    leaseUntil: NOW + 60_000,
    hookAttempts: 3,
    ...changes,
  });
  await rows.insert(record);
  return { record, rows, context: aContext({ store: wrap(rows), hookTimeoutMs }) };
}

test('a hook without a transaction leaves the record as it was, and knows which call it is', async () => {
  const { record, context } = await pending();
  const attempts: number[] = [];
  const outcome = await callHook(context, record, ({ attempt }) => attempts.push(attempt));
  expect(outcome).toEqual({ kind: 'returned', record, applied: false });
  expect(attempts).toEqual([3]);
});

test('after a transaction the outcome has the record as it is stored', async () => {
  const { record, context, rows } = await pending();
  const answers: boolean[] = [];
  const outcome = await callHook(context, record, async ({ transaction }) =>
    answers.push(await transaction(() => 'anything')),
  );
  const stored = await rows.find(record.invoiceNumber);
  expect(outcome).toEqual({ kind: 'returned', record: stored, applied: true });
  expect(stored).toMatchObject({ hookAppliedAt: NOW });
  expect(stored?.version).not.toBe(record.version);
  expect(answers).toEqual([true]);
});

test('a transaction that an earlier call committed is not run again', async () => {
  const { record, context } = await pending({ hookAppliedAt: NOW - 1 });
  const seen: unknown[] = [];
  const outcome = await callHook(context, record, async ({ transaction }) =>
    seen.push(await transaction(() => seen.push('work'))),
  );
  expect(outcome).toEqual({ kind: 'returned', record, applied: false });
  expect(seen).toEqual([false]);
});

test('a hook that throws has thrown just that, whether or not its transaction committed', async () => {
  const { record, context } = await pending();
  const error = new Error('no stock');
  const outcome = await callHook(context, record, async ({ transaction }) => {
    await transaction(() => undefined);
    throw error;
  });
  expect(outcome).toMatchObject({ kind: 'threw', error, record: { hookAppliedAt: NOW } });
});

const twice: Hook = async ({ transaction }) => {
  await transaction(() => undefined);
  await transaction(() => undefined).catch(() => undefined);
};
const caught: Hook = ({ transaction }) => transaction(() => undefined).catch(() => undefined);
const nothing = (): Promise<void> => Promise.resolve();

test.each<[string, Hook, () => ReturnType<typeof pending>, (rows: PaymentStore) => Promise<unknown>, string]>(
  [
    [
      'asks for two transactions',
      twice,
      () => pending(),
      nothing,
      'context.transaction was called twice by one hook: put both writes into one.',
    ],
    [
      'asks for one where there are none',
      caught,
      () => pending({}, (rows) => sharing(rows)),
      nothing,
      'context.transaction is not there: this payment store has no transactions. Use a store on a database, or make the hook idempotent.',
    ],
    [
      'is an onFailure when the order has another payment by then',
      caught,
      () => pending({ status: 'failed', orderKey: null }),
      (rows) => rows.insert(aRecord({ invoiceNumber: '1'.repeat(20) })),
      'context.transaction came too late: another payment has the order by now.',
    ],
    [
      'asks for one when another process has begun the next call',
      caught,
      () => pending(),
      async (rows) => {
        const read = await rows.find(aRecord().invoiceNumber);
        if (read) await rows.update({ ...read, hookAttempts: 4, version: 5 }, read);
      },
      'context.transaction has lost the payment to another process, which calls the hook itself.',
    ],
  ],
)('a hook that %s has thrown, in these words', async (_what, hook, open, meanwhile, message) => {
  const { record, context, rows } = await open();
  await meanwhile(rows);
  const outcome = await callHook(context, record, hook);
  expect(outcome).toMatchObject({ kind: 'threw', error: { code: 'ERR_ATIPAY_TRANSACTION', message } });
});

test('a hook that takes too long has thrown', async () => {
  const { record, context } = await pending({}, transactional, 20);
  const outcome = await callHook(context, record, () => new Promise(() => undefined));
  const message = 'The hook did not return within 20 ms.';
  expect(outcome).toMatchObject({ kind: 'threw', error: { code: 'ERR_ATIPAY_HOOK_TIMEOUT', message } });
});

test('a transaction asked for after the hook is refused, and its work is not done', async () => {
  const { record, context, rows } = await pending();
  const kept: HookContext<unknown>['transaction'][] = [];
  expect((await callHook(context, record, ({ transaction }) => kept.push(transaction))).kind).toBe(
    'returned',
  );
  const done: string[] = [];
  await expect(kept[0]?.(() => done.push('work'))).rejects.toMatchObject({
    code: 'ERR_ATIPAY_TRANSACTION',
    message: 'context.transaction was called after the hook was over.',
  });
  expect(done).toEqual([]);
  expect(await rows.find(record.invoiceNumber)).toEqual(record);
});

test('a database that does not end the transaction is waited for ten seconds longer than the hook', async () => {
  const hanging = (rows: PaymentStore): PaymentStore =>
    sharing(rows, { transaction: () => new Promise(() => undefined) });
  const { record, context } = await pending({}, hanging);
  jest.useFakeTimers({ doNotFake: [...NOT_FAKED] });
  try {
    let outcome: HookOutcome | undefined;
    void callHook(context, record, ({ transaction }) => void transaction(() => undefined)).then(
      (given) => (outcome = given),
    );
    await jest.advanceTimersByTimeAsync(22_344);
    expect(outcome).toBeUndefined();
    await jest.advanceTimersByTimeAsync(1);
    expect(outcome).toMatchObject({
      kind: 'threw',
      error: { code: 'ERR_ATIPAY_TRANSACTION', message: 'context.transaction did not end in time.' },
    });
  } finally {
    jest.useRealTimers();
  }
});

test('a hook that has returned leaves no timer behind', async () => {
  const { record, context } = await pending();
  const call = () => callHook(context, record, ({ transaction }) => transaction(() => undefined));
  expect(await timersOf([12_345, 22_345], call)).toEqual({ begun: 2, left: 0 });
});

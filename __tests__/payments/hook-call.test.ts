import type { PaymentRecord, PaymentStore } from 'express-atipay';
import { callHook, type HookCall, type HookContext, type HookOutcome } from '../../lib/hooks';
import { openShop } from '../support/opened';
import { sharing } from '../support/sharing';

type Hook = HookCall['hook'];

const NOT_FAKED = ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'] as const;

/** The rows of a store, with transactions of one step each. */
const transactional = (rows: PaymentStore): PaymentStore =>
  sharing(rows, { transaction: (work) => work(undefined as never) });

/** A paid payment whose hook is called here rather than by its shop. */
async function owed(): Promise<{
  record: PaymentRecord;
  store: PaymentStore;
  call: (hook: Hook) => HookCall;
}> {
  const shop = await openShop();
  const started = await shop.started();
  await shop.comesBack(started, { referenceNumber: shop.gateway.receipt(started.invoiceNumber) });
  const record = { ...(await shop.record(started.invoiceNumber)), hookAttempts: 3 };
  const store = transactional(shop.store);
  const call = (hook: Hook): HookCall => ({
    store,
    record,
    hook,
    timeoutMs: 12_345,
    now: () => 4_000_000_000_000,
    stillOwed: () => Promise.resolve(true),
  });
  return { record, store, call };
}

test('a hook without a transaction leaves the record as it was, and knows which call it is', async () => {
  const { record, call } = await owed();
  const attempts: number[] = [];
  const outcome = await callHook(call(({ attempt }) => attempts.push(attempt)));
  expect(outcome).toEqual({ kind: 'returned', record });
  expect(attempts).toEqual([3]);
});

test('after a transaction the outcome has the record as it is stored', async () => {
  const { record, store, call } = await owed();
  const answers: boolean[] = [];
  const outcome = await callHook(
    call(async ({ transaction }) => answers.push(await transaction(() => 'anything'))),
  );
  const stored = await store.find(record.invoiceNumber);
  expect(outcome).toEqual({ kind: 'returned', record: stored });
  expect(stored).toMatchObject({ appliedAt: 4_000_000_000_000, version: record.version + 1 });
  expect(answers).toEqual([true]);
});

test('a hook that throws has thrown just that, whatever its transaction came to', async () => {
  const { record, call } = await owed();
  const error = new Error('no stock');
  const outcome = await callHook(
    call(async ({ transaction }) => {
      await transaction(() => undefined);
      throw error;
    }),
  );
  expect(outcome).toMatchObject({ kind: 'threw', record: { version: record.version + 1 } });
  expect(outcome).toHaveProperty('error', error);
});

const twice: Hook = async ({ transaction }) => {
  await transaction(() => undefined);
  await transaction(() => undefined).catch(() => undefined);
};

const caught: Hook = ({ transaction }) => transaction(() => undefined).catch(() => undefined);

test.each<[string, Hook, (call: HookCall) => Partial<HookCall>, string, string]>([
  [
    'takes too long',
    () => new Promise(() => undefined),
    () => ({ timeoutMs: 20 }),
    'ERR_ATIPAY_HOOK_TIMEOUT',
    'The hook did not return within 20 ms.',
  ],
  [
    'asks for two transactions',
    twice,
    () => ({}),
    'ERR_ATIPAY_TRANSACTION',
    'context.transaction was called twice by one hook.',
  ],
  [
    'asks for one where there are none',
    caught,
    ({ store }) => ({ store: sharing(store as PaymentStore) }),
    'ERR_ATIPAY_TRANSACTION',
    'context.transaction is not there: this payment store has no transactions. Use KnexPaymentStore, or make the hook idempotent.',
  ],
  [
    'asks for one when the order has another payment',
    caught,
    () => ({ stillOwed: () => Promise.resolve(false) }),
    'ERR_ATIPAY_TRANSACTION',
    'context.transaction came too late: another payment has the order by now.',
  ],
  [
    'asks for one when another process goes on with the payment',
    caught,
    ({ record }) => ({ record: { ...record, version: record.version - 1 } }),
    'ERR_ATIPAY_TRANSACTION',
    'context.transaction has lost the payment to another process, which calls the hook itself.',
  ],
])('a hook that %s has thrown, in these words', async (_what, hook, change, code, message) => {
  const { call } = await owed();
  const usual = call(hook);
  const given = { ...usual, ...change(usual) };
  const outcome = await callHook(given);
  expect(outcome).toMatchObject({ kind: 'threw', error: { code, message } });
});

test('a transaction asked for after the hook is refused, and its work is not done', async () => {
  const { record, store, call } = await owed();
  const kept: HookContext<unknown>['transaction'][] = [];
  expect((await callHook(call(({ transaction }) => kept.push(transaction)))).kind).toBe('returned');
  const done: string[] = [];
  await expect(kept[0]?.(() => done.push('work'))).rejects.toMatchObject({
    code: 'ERR_ATIPAY_TRANSACTION',
    message: 'context.transaction was called after the hook was over.',
  });
  expect(done).toEqual([]);
  expect(await store.find(record.invoiceNumber)).toMatchObject({ version: record.version, appliedAt: null });
});

test('a database that does not end the transaction is waited for ten seconds longer than the hook', async () => {
  const { call } = await owed();
  const usual = call(({ transaction }) => void transaction(() => undefined));
  const store = sharing(usual.store as PaymentStore, { transaction: () => new Promise(() => undefined) });
  jest.useFakeTimers({ doNotFake: [...NOT_FAKED] });
  try {
    let outcome: HookOutcome | undefined;
    void callHook({ ...usual, store: store }).then((given) => (outcome = given));
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
  const { call } = await owed();
  const [set, clear] = [jest.spyOn(global, 'setTimeout'), jest.spyOn(global, 'clearTimeout')];
  await callHook(call(({ transaction }) => transaction(() => undefined)));
  await new Promise(setImmediate);
  const delays = [12_345, 22_345];
  const begun = set.mock.results.filter((_, at) => delays.includes(Number(set.mock.calls[at]?.[1])));
  const cleared = clear.mock.calls.map(([timer]) => timer as unknown);
  set.mockRestore();
  clear.mockRestore();
  expect(begun).toHaveLength(2);
  for (const { value } of begun) expect(cleared).toContain(value);
});

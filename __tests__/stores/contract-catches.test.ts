import { paymentStoreContract, type ContractOptions } from '../../lib/stores/contract';
import type { PaymentStore } from '../../lib/stores/store';
import { holderDefects } from './defects/holders';
import { keyDefects } from './defects/keys';
import { queryDefects } from './defects/queries';
import { transactional, transactionDefects } from './defects/transactions';
import { valueDefects } from './defects/values';
import { wrap, type Defects } from './defects/wrap';
import { writeDefects } from './defects/writes';

const CAPABILITIES: ContractOptions = { transactions: false, findWithHolder: true };

/** The names of the cases that a store fails, of all or of those whose names hold some words. */
async function failures<Tx>(
  make: () => PaymentStore<Tx>,
  options: ContractOptions = CAPABILITIES,
  words = '',
): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, run } of paymentStoreContract(() => ({ store: make() }), options)) {
    if (name.includes(words)) await run().catch(() => failed.push(name));
  }
  return failed;
}

describe('the contract passes a correct store', () => {
  test('behind a wrapper', async () => {
    expect(await failures(wrap(() => ({})))).toEqual([]);
  });

  test('with transactions', async () => {
    expect(await failures(transactional(), {})).toEqual([]);
  });
});

describe.each<[string, Defects]>([
  ['keys', keyDefects],
  ['writes', writeDefects],
  ['queries', queryDefects],
  ['holders of orders', holderDefects],
  ['values', valueDefects],
])('the contract catches a store that gets %s wrong', (_, defects) => {
  test.each(Object.entries(defects))('%s', async (__, [make, caughtBy]) => {
    expect(await failures(make, CAPABILITIES, caughtBy)).not.toEqual([]);
  });
});

describe('the contract catches a store that gets transactions wrong', () => {
  test.each(Object.entries(transactionDefects))('%s', async (_, [make, caughtBy]) => {
    expect(await failures(make, {}, caughtBy)).not.toEqual([]);
  });
});

describe('the contract goes by the capabilities declared', () => {
  test.each(['spoil', 'endTransaction'])(
    'a test that declares %s, and has none, fails',
    async (capability) => {
      const options = { transactions: false, [capability]: true };
      expect(
        await failures(
          wrap(() => ({})),
          options,
        ),
      ).not.toEqual([]);
    },
  );

  test('a store that has lost findWithHolder is caught', async () => {
    const failed = await failures(() => {
      const store = wrap(() => ({}))();
      delete store.findWithHolder;
      return store;
    });
    expect(failed).toHaveLength(4);
    expect(failed.every((name) => name.startsWith('findWithHolder:'))).toBe(true);
  });

  test('a store that has lost its transaction is caught', async () => {
    const failed = await failures(
      wrap(() => ({})),
      {},
    );
    expect(failed.every((name) => name.startsWith('transaction:'))).toBe(true);
    expect(failed).not.toHaveLength(0);
  });

  test('a store with an undeclared transaction is caught', async () => {
    expect(await failures(transactional())).toEqual(['has no transaction, as it says']);
  });
});

import { atipayRouter, MemoryPaymentStore, type AtipayConfig, type PaymentStore } from 'express-atipay';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { sqliteFile } from './support/databases';
import { openShop } from './support/opened';

const openStore = (): MemoryPaymentStore => new MemoryPaymentStore({ quiet: true });

describe('a store', () => {
  test('serves an account of it to one router at a time, and says what to do', async () => {
    const store = openStore();
    const first = await openShop({ store });
    await openShop({ store, account: 'another', apiKey: 'another-key' });
    const again = () => openShop({ store, apiKey: 'another-key' });
    await expect(again()).rejects.toMatchObject({
      code: 'ERR_ATIPAY_CONFIG',
      message:
        "Another router already serves account 'default' from this store: give this router another account, or close the other one first (await payments.atipay.close()).",
    });
    await first.atipay.close();
    expect((await again()).trouble).toMatchObject([{ fields: { others: ['another'] } }]);
  });

  test('of accounts that share a key has each later one warned of, once, with the names of all the others', async () => {
    const store = openStore();
    const logsOf = async (account: string, apiKey: string): Promise<unknown> =>
      (await openShop({ store, account, apiKey })).trouble;
    const warned = (account: string, others: string[]): unknown => ({
      level: 'warn',
      fields: { account, others },
      message: 'Several accounts share an API key: one account of AtiPay is one account here.',
    });
    expect(await logsOf('books', 'one-key')).toEqual([]);
    expect(await logsOf('music', 'another-key')).toEqual([]);
    expect(await logsOf('films', 'one-key')).toEqual([warned('films', ['books'])]);
    expect(await logsOf('games', 'one-key')).toEqual([warned('games', ['books', 'films'])]);
  });

  test('in another store keeps accounts with the same key apart', async () => {
    for (const account of ['books', 'films']) {
      expect((await openShop({ account, apiKey: 'one-key' })).trouble).toEqual([]);
    }
  });
});

describe('two store objects of one process', () => {
  const file = sqliteFile();
  beforeAll(() => createPaymentsTable(file.knex));
  afterAll(() => file.remove());
  type Config = Parameters<typeof openShop<never>>[0];
  const onFile = (): PaymentStore => new KnexPaymentStore(file.knex) as unknown as PaymentStore;

  async function warnings(first: Config, second: Config): Promise<{ fields: object; message: string }[]> {
    const shops = [await openShop(first), await openShop(second)];
    for (const shop of shops) for (let count = 0; count < 2; count += 1) await shop.started();
    await Promise.all(shops.map((shop) => shop.atipay.close()));
    return shops
      .flatMap(({ logs }) => logs)
      .filter(({ level }) => level === 'warn')
      .map(({ fields, message }) => ({ fields, message }));
  }

  test('that lead one account to one table are warned of, once', async () => {
    expect(await warnings({ store: onFile() }, { store: onFile(), apiKey: 'another-key' })).toEqual([
      {
        fields: { account: 'default', others: ['default'] },
        message: expect.stringContaining('Give the account to one router.') as string,
      },
    ]);
  });

  test('that lead one key to one table under two accounts are warned of, once', async () => {
    expect(
      await warnings({ store: onFile(), account: 'books' }, { store: onFile(), account: 'films' }),
    ).toEqual([
      {
        fields: { account: 'films', others: ['books'] },
        message: expect.stringContaining('share an API key') as string,
      },
    ]);
  });

  test.each(['books', 'films'])(
    'that lead one key to two tables are warned of (books and %s)',
    async (account) => {
      expect(await warnings({ store: onFile(), account: 'books' }, { store: openStore(), account })).toEqual([
        {
          fields: { account, others: ['books'] },
          message: expect.stringContaining('it could buy twice') as string,
        },
      ]);
    },
  );

  test('with different keys and tables need no warning', async () => {
    expect(await warnings({ store: onFile() }, { store: openStore(), apiKey: 'another-key' })).toEqual([]);
  });
});

test.each([undefined, null, 'text', 5, {}, { method: 'POST' }, { headers: {} }])(
  'a config that is %j is a wrong config, and no request',
  (config) => {
    expect(() => atipayRouter(config as AtipayConfig)).toThrow(
      expect.objectContaining({ code: 'ERR_ATIPAY_CONFIG' }) as Error,
    );
  },
);

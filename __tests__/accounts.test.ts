import { atipayRouter, MemoryPaymentStore, type AtipayConfig } from 'express-atipay';
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
        "Another router already serves account 'default' from this store: give each router an account of its own, or close the other one first.",
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

  test('of its own keeps accounts with the same key apart', async () => {
    for (const account of ['books', 'films']) {
      expect((await openShop({ account, apiKey: 'one-key' })).trouble).toEqual([]);
    }
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

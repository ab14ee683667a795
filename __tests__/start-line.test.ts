import { atipayRouter, MemoryPaymentStore, type AtipayConfig } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import createKnex from 'knex';
import { openShop } from './support/opened';

const REQUIRED: AtipayConfig = {
  apiKey: 'the-s3cret-key',
  publicUrl: 'https://shop.example/payment',
  store: new MemoryPaymentStore({ quiet: true }),
  onSuccess: () => undefined,
  recovery: false,
};

/** The text on stderr while a router is made. */
async function printed(changes: Partial<AtipayConfig>): Promise<unknown[][]> {
  const print = jest.spyOn(console, 'error').mockImplementation();
  const { atipay } = atipayRouter({ ...REQUIRED, ...changes });
  const { calls } = print.mock;
  print.mockRestore();
  await atipay.close();
  return calls;
}

test('a router prints its main settings in one line on the console', async () => {
  expect(await printed({})).toEqual([
    [
      '[express-atipay] Account default: amounts are Rials; payments are kept in MemoryPaymentStore; the gateway is ' +
        'https://mipg.atipay.net/v1; buyers return to https://shop.example/payment.',
    ],
  ]);
});

test('a router says it in an info line of the logger of the shop', async () => {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
  });
  const shop = await openShop({ store: new KnexPaymentStore(knex), currency: 'IRT', account: 'books' });
  const { gateway, origin, logs } = shop;
  expect(logs).toEqual([
    {
      level: 'info',
      fields: {
        account: 'books',
        currency: 'IRT',
        store: 'KnexPaymentStore',
        gatewayUrl: gateway.url,
        publicUrl: `${origin}/payment`,
      },
      message:
        `Account books: amounts are Tomans; payments are kept in KnexPaymentStore; the gateway is ${gateway.url}; ` +
        `buyers return to ${origin}/payment.`,
    },
  ]);
  await knex.destroy();
});

test('a logger of the shop without info, and a store without a name, make no trouble', async () => {
  const logger = { warn: jest.fn(), error: jest.fn() };
  expect(await printed({ logger })).toEqual([]);
  expect(logger.warn).not.toHaveBeenCalled();

  const memory = new MemoryPaymentStore({ quiet: true });
  const store = Object.fromEntries(
    ['insert', 'find', 'findByOrder', 'update', 'due', 'inReview'].map((name) => [
      name,
      (memory as unknown as Record<string, unknown>)[name],
    ]),
  ) as unknown as AtipayConfig['store'];
  expect(String(await printed({ store }))).toContain('payments are kept in a store of the shop;');
});

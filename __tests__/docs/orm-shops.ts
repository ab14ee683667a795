import type { Knex } from 'knex';
import { EntitySchema, type DataSource } from 'typeorm';
import { OrmShop } from './recipes/orm-shop';
import { prismaPayments, type Client } from './recipes/prisma';
import { typeormPayments } from './recipes/typeorm';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
export const closing = (close: () => Promise<unknown>): void => void closers.push(close);

export const SNAKE = { orders: 'orders', stock: 'stock' };
export const Stock = new EntitySchema({
  name: 'stock',
  columns: { sku: { type: String, primary: true }, available: { type: Number } },
});

export async function typeormShop(knex: Knex, source: DataSource): Promise<OrmShop> {
  await source.initialize();
  closing(() => source.destroy());
  return opened(OrmShop.open(knex, SNAKE, (settings) => typeormPayments(source, knex, settings)));
}

/** The tables as `prisma migrate` makes them; its client is not installed here, and stood in for by three statements. */
export async function prismaShop(knex: Knex): Promise<OrmShop> {
  await knex.raw(
    'CREATE TABLE "Order" ("id" TEXT NOT NULL, "sku" TEXT NOT NULL, "amount" INTEGER NOT NULL, "state" TEXT NOT NULL, ' +
      'CONSTRAINT "Order_pkey" PRIMARY KEY ("id"))',
  );
  await knex.raw(
    'CREATE TABLE "Stock" ("sku" TEXT NOT NULL, "available" INTEGER NOT NULL, CONSTRAINT "Stock_pkey" PRIMARY KEY ("sku"))',
  );
  const client: Client = { order: standIn(knex) };
  const tables = { orders: 'Order', stock: 'Stock' };
  return opened(OrmShop.open(knex, tables, (settings) => prismaPayments(client, knex, settings)));
}

interface StoredOrder {
  id: string;
  amount: number;
  state: string;
}
type Where = Parameters<Client['order']['count']>[0]['where'];

function standIn(knex: Knex): Client['order'] {
  const found = ({ state, ...rest }: Where) =>
    knex<StoredOrder>('Order')
      .where(rest)
      .whereIn('state', typeof state === 'string' ? [state] : state.in);
  return {
    findFirst: async ({ where }) => (await found(where).first()) ?? null,
    count: async ({ where }) => (await found(where)).length,
    updateMany: async ({ where, data }) => ({ count: await found(where).update(data) }),
  };
}

export async function opened(opening: Promise<OrmShop>): Promise<OrmShop> {
  const shop = await opening;
  closing(() => shop.close());
  return shop;
}

export async function expectGuarantees(shop: OrmShop): Promise<void> {
  const failed = await shop.simulator.fail(await (await shop.payPage('A')).text());
  expect(await shop.order()).toBe('failed');
  await shop.dieBeforeDelivered(failed.invoiceNumber);
  expect(await shop.order()).toBe('failed');

  const paid = await shop.simulator.pay(await (await shop.payPage('A')).text());
  expect([await shop.order(), await shop.inStock()]).toEqual(['paid', 4]);
  await shop.dieBeforeDelivered(paid.invoiceNumber);
  expect([await shop.order(), await shop.inStock()]).toEqual(['paid', 4]);
  expect((await shop.payments.atipay.history(paid.invoiceNumber)).at(-1)?.event).toBe('hookDelivered');

  expect((await shop.payPage('A')).status).toBe(404);
}

export async function expectLastWord(shop: OrmShop): Promise<void> {
  const page = await (await shop.payPage('A')).text();
  await shop.changeAmount();
  const { invoiceNumber } = await shop.simulator.pay(page);
  expect(await shop.payments.atipay.find(invoiceNumber)).toMatchObject({
    failure: { reason: 'OrderNotPayable' },
  });
  expect(shop.simulator.ledger.totals().verified.count).toBe(0);
}

export async function expectFullPrice(shop: OrmShop): Promise<void> {
  shop.simulator.faults.add({ on: 'verify-payment', kind: 'http', status: 503, times: 3 });
  const { invoiceNumber } = await shop.simulator.pay(await (await shop.payPage('A')).text());
  await shop.changeAmount();
  await shop.verifyNow(invoiceNumber);
  expect(await shop.payments.atipay.find(invoiceNumber)).toMatchObject({ status: 'paid' });
  expect([await shop.order(), await shop.inStock()]).toEqual(['open', 5]);
  const last = (await shop.payments.atipay.history(invoiceNumber)).at(-1);
  expect(last).toMatchObject({ event: 'hookThrew' });
}

export const served =
  'an order is paid and stock counted once, also when the hook is called twice; a failure can be paid again';
export const fullPrice = 'an order that costs more once its payment is verified is not served for less';
export const refused = 'an order that changed its amount meanwhile is not paid';

import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import type { Knex } from 'knex';
import { sqliteFile } from '../support/databases';
import { closing, openShop } from '../support/opened';
import { held } from '../support/scripted-gateway';
import { MINUTE, type Shop } from '../support/shop';

const LEASE = 2 * MINUTE;
const AMOUNT = '{"amount":25000.0}';

async function openStore(): Promise<KnexPaymentStore> {
  const { knex, remove } = sqliteFile();
  closing({ close: () => new Promise((resolve) => setImmediate(() => resolve(remove()))) });
  await createPaymentsTable(knex);
  return new KnexPaymentStore(knex);
}

type KnexShop = Shop<Knex.Transaction>;

/** A buyer who has come back, and whose verify-payment the gateway has not answered yet. */
async function verifyingIn(shop: KnexShop) {
  const record = await shop.started();
  const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
  const { reply, release } = held({ body: AMOUNT });
  shop.gateway.replies['verify-payment'].push(reply);
  const back = shop.comesBack(record, { referenceNumber });
  while (shop.gateway.asked('verify-payment').length === 0) await new Promise(setImmediate);
  return { invoiceNumber: record.invoiceNumber, back, release };
}

test('close() and server.close() while a verify is in flight wait for it: the buyer is answered, the order served', async () => {
  const shop: KnexShop = await openShop({ store: await openStore() });
  const { invoiceNumber, back, release } = await verifyingIn(shop);
  shop.server.close();
  const closed = shop.atipay.close();
  release();
  expect((await back).status).toBe(303);
  await closed;
  expect(await shop.record(invoiceNumber)).toMatchObject({ status: 'paid', dueAt: null });
  expect(shop.hooks.map(({ hook }) => hook)).toEqual(['onSuccess']);
});

test('a process that ends without waiting leaves nothing half-claimed: the next one finishes after the lease', async () => {
  const store = await openStore();
  const old: KnexShop = await openShop({ store, hookTimeoutMs: 50 });
  const { invoiceNumber, back, release } = await verifyingIn(old);
  old.server.close();
  await old.atipay.close();
  old.server.closeAllConnections();
  await expect(back).rejects.toThrow();
  expect(await old.record(invoiceNumber)).toMatchObject({
    status: 'verifying',
    verifyAttempts: 1,
    dueAt: old.now + LEASE,
  });

  const next: KnexShop = await openShop({ store, gatewayUrl: old.gateway.url });
  expect(await next.sweepAfter(LEASE - 1)).toMatchObject({ due: 0 });
  await next.sweepAfter(1);
  expect(await next.record(invoiceNumber)).toMatchObject({ status: 'paid', dueAt: null, verifyAttempts: 2 });
  expect(next.hooks.map(({ hook }) => hook)).toEqual(['onSuccess']);

  release();
  await old.atipay.close();
  expect(old.hooks).toEqual([]);
  expect(next.hooks).toHaveLength(1);
});

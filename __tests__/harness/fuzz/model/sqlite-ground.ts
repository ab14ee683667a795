import knexOf from 'knex';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import type { Effect, Ground } from './grounds';

/** SQLite in memory. */
export async function sqliteGround() {
  const knex = knexOf({
    client: 'better-sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  await createPaymentsTable(knex);
  await knex.schema.createTable('effects', (table) => {
    table.string('orderId');
    table.string('invoiceNumber');
  });
  const store = new KnexPaymentStore(knex);
  return {
    store,
    transaction: (work) => knex.transaction(work),
    addEffect: (tx, effect) => tx('effects').insert(effect),
    effects: () => knex<Effect>('effects').select('orderId', 'invoiceNumber'),
    close: () => knex.destroy(),
  } satisfies Ground<knexOf.Knex.Transaction>;
}

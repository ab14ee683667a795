import type { Knex } from 'knex';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import { serveShop } from './shop-process';

serveShop<Knex.Transaction>(({ database }, knex) => ({
  store: new KnexPaymentStore(knex, { tableName: database.tables.payments }),
  run: (tx, sql) => tx.raw(sql),
}));

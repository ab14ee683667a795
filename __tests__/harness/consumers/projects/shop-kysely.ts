import { createPaymentsTable } from 'express-atipay/stores/kysely';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { pays, url } from './pays';
import { kyselyPayments, type Database } from './recipes/kysely';

const pool = new Pool({ connectionString: url });
const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });

void pays(
  () => createPaymentsTable(db, { dialect: 'postgresql' }),
  (settings) => kyselyPayments(db, settings),
).then(() => db.destroy());

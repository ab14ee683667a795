import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { createPaymentsTable } from 'express-atipay/stores/drizzle';
import { Pool } from 'pg';
import { pays, url } from './pays';
import { drizzlePayments } from './recipes/drizzle';

const pool = new Pool({ connectionString: url });
const db = drizzle(pool);

void pays(
  () => createPaymentsTable(db, { sql, dialect: 'postgresql' }),
  (settings) => drizzlePayments(db, settings),
).then(() => pool.end());

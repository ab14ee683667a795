import type { PaymentStore } from '../../stores/store';
import { problems } from '../texts/problems';
import { openUrl } from './drivers';
import { openKnexfile } from './knexfile';
import { misuse } from './terminal';

/** Where payments are kept, as options say it. */
export interface Place {
  database?: string;
  knexfile?: string;
  env?: string;
  table?: string;
  schema?: string;
}

/** An open database, and the payments in one of its tables. */
export interface Database {
  store: PaymentStore<unknown>;
  createTable(): Promise<void>;
  dropTable(): Promise<void>;
  close(): unknown;
}

/** Opens the database that the options point at, and closes it after the work. */
export async function withDatabase<T>(place: Place, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await open(place);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function open({
  database,
  knexfile,
  env,
  table = 'atipay_payments',
  schema,
}: Place): Promise<Database> {
  const options = { tableName: schema === undefined ? table : `${schema}.${table}` };
  if (knexfile !== undefined) {
    if (database !== undefined) throw misuse(problems.databaseTwice);
    return openKnexfile(knexfile, env, options);
  }
  const url = database ?? process.env['DATABASE_URL'];
  if (url === undefined || url === '') {
    throw misuse(problems.noWhere);
  }
  return openUrl(url, options);
}

import { restoreAutocommit } from '../sql/autocommit';
import type { DialectName, Row, SqlClient, SqlValue } from '../sql/client';
import { storeError } from '../sql/errors';
import { expectClient } from '../expect';
import { SqlPaymentStore, type SqlStoreOptions } from '../sql/store';
import { tableCreator, tableDropper } from '../sql/table';

export { paymentsMigrations, type PaymentsMigration } from '../sql/migrations';
export { paymentsTableSql } from '../sql/table';

/** The used part of Sequelize's `Transaction`. @internal */
export interface SequelizeTransactionLike {
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** The used part of Sequelize 6. @internal */
export interface SequelizeLike<Transaction extends SequelizeTransactionLike> {
  getDialect(): string;
  query(sql: string, options: never): Promise<unknown>;
  transaction: {
    <T>(work: (transaction: Transaction) => PromiseLike<T>): Promise<T>;
    (options?: never): Promise<Transaction>;
  };
}

/** Keeps payments through a shop's Sequelize. A hook's `tx` is Sequelize's `Transaction`. */
export class SequelizePaymentStore<
  Transaction extends SequelizeTransactionLike,
> extends SqlPaymentStore<Transaction> {
  /** @throws AtipayError `ERR_ATIPAY_STORE` for a database other than PostgreSQL, MySQL or MariaDB. */
  constructor(sequelize: SequelizeLike<Transaction>, options: SqlStoreOptions = {}) {
    super(sequelizeClient(sequelize), options);
  }
}

/** Creates the payments table, or its missing parts. */
export const createPaymentsTable = tableCreator(sequelizeClient<SequelizeTransactionLike>);

/** Drops the payments table and every payment in it. */
export const dropPaymentsTable = tableDropper(sequelizeClient<SequelizeTransactionLike>);

function sequelizeClient<Transaction extends SequelizeTransactionLike>(
  sequelize: SequelizeLike<Transaction>,
): SqlClient<Transaction> {
  const methods = ['getDialect', 'query', 'transaction'];
  expectClient(sequelize, methods, 'a Sequelize: new SequelizePaymentStore(sequelize)');
  const dialect = dialectOf(sequelize.getDialect());
  const send = async (sql: string, values: readonly SqlValue[], tx?: Transaction) => {
    const bind = values.length === 0 ? {} : { bind: values.map((value) => value?.toString() ?? null) };
    let count = 0;
    const text = sql.replaceAll('?', () => `$${++count}`);
    // `null`: not even the transaction that Sequelize finds in the context of the call.
    const options = { raw: true, transaction: tx ?? null, ...bind };
    return (await sequelize.query(text, options as never)) as [result: unknown, summary: unknown];
  };
  return {
    dialect,
    bindsOnServer: true,
    query: async (sql, values, tx) => (await send(sql, values, tx))[0] as Row[],
    execute: async (sql, values, tx) => countOf((await send(sql, values, tx))[1]),
    transaction: (work) =>
      sequelize.transaction(async (tx) => {
        if (dialect === 'mysql') restoreAutocommit(tx, (sql) => send(sql, [], tx));
        return work(tx);
      }),
  };
}

/** pg's result or mysql2's header; an insert is answered with a number. */
function countOf(summary: unknown): number {
  if (typeof summary === 'number') return summary;
  const { rowCount, affectedRows } = (summary ?? {}) as { rowCount?: number; affectedRows?: number };
  return (rowCount ?? affectedRows) as number;
}

const DIALECTS: Partial<Record<string, DialectName>> = {
  postgres: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
};

function dialectOf(name: string): DialectName {
  const dialect = DIALECTS[name];
  if (dialect) return dialect;
  throw storeError(
    `SequelizePaymentStore keeps payments in PostgreSQL, MySQL and MariaDB, not in ${name}. On SQLite, Sequelize does ` +
      'not refuse statements after one that has ended the transaction: use express-atipay/stores/better-sqlite3.',
  );
}

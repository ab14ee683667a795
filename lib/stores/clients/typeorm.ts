import type { DialectName, Row, SqlClient, SqlValue } from '../sql/client';
import { storeError } from '../sql/errors';
import { expectClient } from '../expect';
import { SqlPaymentStore, type SqlStoreOptions } from '../sql/store';
import { tableCreator, tableDropper } from '../sql/table';

export { paymentsMigrations, type PaymentsMigration } from '../sql/migrations';
export { paymentsTableSql } from '../sql/table';

/** The used part of TypeORM's `QueryRunner`. @internal */
export interface TypeOrmQueryRunnerLike {
  query(sql: string, values: unknown[], structured: true): Promise<{ records: unknown[]; affected?: number }>;
  release(): Promise<void>;
}

/** The used part of TypeORM's `EntityManager`. @internal */
export interface TypeOrmManagerLike {
  readonly queryRunner?: TypeOrmQueryRunnerLike;
}

/** The used part of TypeORM's `DataSource`. @internal */
export interface TypeOrmDataSourceLike<Manager extends TypeOrmManagerLike> {
  readonly options: { readonly type: string };
  createQueryRunner(): TypeOrmQueryRunnerLike;
  transaction: {
    <T>(work: (manager: Manager) => Promise<T>): Promise<T>;
    <T>(isolation: never, work: (manager: Manager) => Promise<T>): Promise<T>;
  };
}

/** Keeps payments through a shop's `DataSource`. A hook's `tx` is the `EntityManager` of its transaction. */
export class TypeOrmPaymentStore<Manager extends TypeOrmManagerLike> extends SqlPaymentStore<Manager> {
  /** @throws AtipayError `ERR_ATIPAY_STORE` for a database other than PostgreSQL, MySQL or MariaDB. */
  constructor(dataSource: TypeOrmDataSourceLike<Manager>, options: SqlStoreOptions = {}) {
    super(typeOrmClient(dataSource), options);
  }
}

/** Creates the payments table, or its missing parts. */
export const createPaymentsTable = tableCreator(typeOrmClient<TypeOrmManagerLike>);

/** Drops the payments table and every payment in it. */
export const dropPaymentsTable = tableDropper(typeOrmClient<TypeOrmManagerLike>);

function typeOrmClient<Manager extends TypeOrmManagerLike>(
  dataSource: TypeOrmDataSourceLike<Manager>,
): SqlClient<Manager> {
  expectClient(
    dataSource,
    ['createQueryRunner', 'transaction'],
    'a DataSource: new TypeOrmPaymentStore(dataSource)',
  );
  const send = async (sql: string, values: readonly SqlValue[], tx?: Manager) => {
    if (tx?.queryRunner) return tx.queryRunner.query(sql, [...values], true);
    const runner = dataSource.createQueryRunner();
    try {
      return await runner.query(sql, [...values], true);
    } finally {
      await runner.release();
    }
  };
  return {
    dialect: dialectOf(dataSource.options.type),
    query: async (sql, values, tx) => (await send(sql, values, tx)).records as Row[],
    execute: async (sql, values, tx) => (await send(sql, values, tx)).affected as number,
    transaction: (work) => dataSource.transaction(work),
  };
}

const DIALECTS: Partial<Record<string, DialectName>> = {
  postgres: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
};

function dialectOf(type: string): DialectName {
  const dialect = DIALECTS[type];
  if (dialect) return dialect;
  throw storeError(
    `TypeOrmPaymentStore keeps payments in PostgreSQL, MySQL and MariaDB, not in ${type}. On SQLite, TypeORM has one ` +
      'connection, and writes outside of a transaction would become part of it: use express-atipay/stores/better-sqlite3.',
  );
}

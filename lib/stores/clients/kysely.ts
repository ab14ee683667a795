import type { DialectName, Row, SqlClient, SqlValue } from '../sql/client';
import { storeError } from '../sql/errors';
import { expectClient } from '../expect';
import { dialectNamed } from '../sql/dialect';
import { SqlPaymentStore, type SqlStoreOptions } from '../sql/store';
import { tableCreator, tableDropper, type PaymentsTableOptions } from '../sql/table';

export { paymentsMigrations, type PaymentsMigration } from '../sql/migrations';
export { paymentsTableSql } from '../sql/table';

/** The part of a compiled query of Kysely that the store uses. @internal */
export interface KyselyQueryLike {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly query: never;
  readonly queryId: never;
}

/** The used part of Kysely's `Kysely` and `Transaction`. @internal */
export interface KyselySessionLike {
  withoutPlugins(): KyselySessionLike;
  executeQuery(query: KyselyQueryLike): Promise<{ rows: unknown[]; numAffectedRows?: bigint }>;
}

/** The used part of Kysely's `Kysely`. @internal */
export interface KyselyLike<Tx extends KyselySessionLike> extends KyselySessionLike {
  transaction(): { execute<T>(work: (tx: Tx) => Promise<T>): Promise<T> };
}

/** Options of a Kysely store. */
export interface KyselyOptions {
  /** The database's dialect; `mysql` is MariaDB too. */
  dialect: 'postgresql' | 'mysql';
}

/** Keeps payments through a shop's Kysely. A hook's `tx` is Kysely's `Transaction<DB>`. */
export class KyselyPaymentStore<Tx extends KyselySessionLike> extends SqlPaymentStore<Tx> {
  /** @throws AtipayError `ERR_ATIPAY_STORE` for SQLite. */
  constructor(database: KyselyLike<Tx>, options: SqlStoreOptions & KyselyOptions) {
    super(kyselyClient(database, options), options);
  }
}

/** Creates the payments table, or its missing parts. */
export const createPaymentsTable = (
  database: KyselyLike<KyselySessionLike>,
  options: PaymentsTableOptions & KyselyOptions,
): Promise<void> => tableCreator(() => kyselyClient(database, options))(database, options);

/** Drops the payments table and every payment in it. */
export const dropPaymentsTable = (
  database: KyselyLike<KyselySessionLike>,
  options: PaymentsTableOptions & KyselyOptions,
): Promise<void> => tableDropper(() => kyselyClient(database, options))(database, options);

const EXAMPLE = "new KyselyPaymentStore(db, { dialect: 'postgresql' })";

function kyselyClient<Tx extends KyselySessionLike>(
  database: KyselyLike<Tx>,
  options: KyselyOptions | undefined,
): SqlClient<Tx> {
  const { name: dialect } = dialectNamed(options?.dialect);
  refuseSqlite(dialect);
  expectClient(database, ['withoutPlugins', 'executeQuery', 'transaction'], `a Kysely: ${EXAMPLE}`);
  const send = (sql: string, values: readonly SqlValue[], tx?: Tx) =>
    (tx ?? database).withoutPlugins().executeQuery(compiled(sql, values));
  return {
    dialect,
    query: async (sql, values, tx) => (await send(sql, values, tx)).rows as Row[],
    // Kysely leaves the count out where a driver has none: Number(undefined) is no count.
    execute: async (sql, values, tx) => Number((await send(sql, values, tx)).numAffectedRows),
    transaction: (work) => database.transaction().execute(work),
  };
}

/** As `CompiledQuery.raw` of Kysely writes it. */
function compiled(sql: string, values: readonly SqlValue[]): KyselyQueryLike {
  const query = { kind: 'RawNode', sqlFragments: [sql], parameters: [] };
  const queryId = { queryId: '' };
  return { sql, parameters: values, query: query as never, queryId: queryId as never };
}

function refuseSqlite(dialect: DialectName): void {
  if (dialect !== 'sqlite') return;
  throw storeError(
    'KyselyPaymentStore keeps payments in PostgreSQL, MySQL and MariaDB. On SQLite, Kysely takes statements after one that ' +
      'has ended the transaction: use express-atipay/stores/better-sqlite3.',
  );
}

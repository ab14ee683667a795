import type { DialectName, Row, SqlClient, SqlValue } from '../sql/client';
import { endedError } from '../sql/errors';
import { SqlPaymentStore, type SqlStoreOptions } from '../sql/store';
import { tableCreator, tableDropper, type PaymentsTableOptions } from '../sql/table';

export { paymentsMigrations } from '../sql/migrations';
export { paymentsTableSql } from '../sql/table';

/** What is used of a compiled query of Kysely. */
export interface KyselyQueryLike {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly query: never;
  readonly queryId: never;
}

/** What is used of a plugin of Kysely. */
export interface KyselyPluginLike {
  transformQuery<Node>(args: { node: Node; queryId: object }): Node;
  transformResult<Result>(args: { result: Result; queryId: object }): Promise<Result>;
}

/** What is used of Kysely's `Kysely` and `Transaction`. */
export interface KyselySessionLike {
  withoutPlugins(): KyselySessionLike;
  withPlugin(plugin: KyselyPluginLike): unknown;
  executeQuery(query: KyselyQueryLike): Promise<{ rows: unknown[]; numAffectedRows?: bigint }>;
}

/** What is used of Kysely's `Kysely`. */
export interface KyselyLike<Tx extends KyselySessionLike> extends KyselySessionLike {
  transaction(): { execute<T>(work: (tx: Tx) => Promise<T>): Promise<T> };
}

/** What a Kysely store needs beside the database. */
export interface KyselyOptions {
  /** What the database speaks; `mysql` is MariaDB too. */
  dialect: DialectName;
}

/** Keeps payments through a shop's Kysely. A hook's `tx` is Kysely's `Transaction<DB>`. */
export class KyselyPaymentStore<Tx extends KyselySessionLike> extends SqlPaymentStore<Tx> {
  /** @throws AtipayError `ERR_ATIPAY_STORE` for a bad table name. */
  constructor(database: KyselyLike<Tx>, options: SqlStoreOptions & KyselyOptions) {
    super(kyselyClient(database, options), options);
  }
}

/** Creates the payments table, or what is missing of it. */
export const createPaymentsTable = (
  database: KyselyLike<KyselySessionLike>,
  options: PaymentsTableOptions & KyselyOptions,
): Promise<void> => tableCreator(() => kyselyClient(database, options))(database, options);

/** Drops the payments table and every payment in it. */
export const dropPaymentsTable = (
  database: KyselyLike<KyselySessionLike>,
  options: PaymentsTableOptions & KyselyOptions,
): Promise<void> => tableDropper(() => kyselyClient(database, options))(database, options);

function kyselyClient<Tx extends KyselySessionLike>(
  database: KyselyLike<Tx>,
  { dialect }: KyselyOptions,
): SqlClient<Tx> {
  const guards = new WeakMap<object, OneByOne>();
  const send = async (sql: string, values: readonly SqlValue[], tx?: Tx) => {
    const guard = tx && guards.get(tx);
    guard?.begin();
    const result = await (tx ?? database).withoutPlugins().executeQuery(compiled(sql, values));
    guard?.end();
    return result;
  };
  const guarded = (tx: Tx): Tx => {
    const guard = new OneByOne();
    const session = tx.withPlugin(guard.plugin) as Tx;
    guards.set(session, guard);
    return session;
  };
  return {
    dialect,
    query: async (sql, values, tx) => (await send(sql, values, tx)).rows as Row[],
    // Kysely leaves the count out where a driver has none: Number(undefined) is no count.
    execute: async (sql, values, tx) => Number((await send(sql, values, tx)).numAffectedRows),
    transaction: (work) =>
      database.transaction().execute((tx) => work(dialect === 'sqlite' ? guarded(tx) : tx)),
  };
}

/** As `CompiledQuery.raw` of Kysely writes it. */
function compiled(sql: string, values: readonly SqlValue[]): KyselyQueryLike {
  const query = { kind: 'RawNode', sqlFragments: [sql], parameters: [] };
  const queryId = { queryId: '' };
  return { sql, parameters: values, query: query as never, queryId: queryId as never };
}

/**
 * SQLite: takes one statement at a time, and none after a failure, which may have ended the transaction. Kysely tells a
 * plugin of a result, and of no error.
 */
class OneByOne {
  #underWay = false;

  readonly plugin: KyselyPluginLike = {
    transformQuery: ({ node }) => {
      this.begin();
      return node;
    },
    transformResult: ({ result }) => {
      this.end();
      return Promise.resolve(result);
    },
  };

  begin(): void {
    if (this.#underWay) throw endedError();
    this.#underWay = true;
  }

  end(): void {
    this.#underWay = false;
  }
}

import type { Knex } from 'knex';
import { restoreAutocommit } from '../sql/autocommit';
import type { DialectName, Row, SqlClient, SqlValue } from '../sql/client';
import { endedError, storeError } from '../sql/errors';
import { paymentsMigrations as paymentsMigrationsOf } from '../sql/migrations';
import { SqlPaymentStore, type SqlStoreOptions } from '../sql/store';
import { tableCreator, tableDropper, type PaymentsTableOptions } from '../sql/table';
import { STATEMENT_MS } from '../sql/time';

export { paymentsTableSql, type PaymentsTableOptions } from '../sql/table';
export type { DialectName } from '../sql/client';
export type { SqlStoreOptions } from '../sql/store';

/** Keeps payments through the shop's Knex instance: SQLite, PostgreSQL, MySQL or MariaDB. */
export class KnexPaymentStore extends SqlPaymentStore<Knex.Transaction> {
  /**
   * @throws AtipayError `ERR_ATIPAY_STORE` for a value that is no Knex instance, an unknown dialect or a bad table
   * name.
   */
  constructor(knex: Knex, options: SqlStoreOptions = {}) {
    super(knexClient(refuseTransaction(knex), options.statementTimeoutMs), options);
  }
}

/** Creates the payments table, or its missing parts. `knex` may be the transaction of a migration. */
export const createPaymentsTable = tableCreator(knexClient);

/** Drops the payments table and every payment in it. */
export const dropPaymentsTable = tableDropper(knexClient);

/**
 * The payments table's history as Knex migrations. Knex keeps one history per bookkeeping table, so give these another
 * one:
 *
 * ```ts
 * await knex.migrate.latest({ migrationSource: paymentsMigrations(), tableName: 'atipay_migrations' });
 * ```
 */
export function paymentsMigrations(options: PaymentsTableOptions = {}): Knex.MigrationSource<string> {
  const stepOf = (knex: Knex, name: string) =>
    paymentsMigrationsOf(dialectOf(knex), options).find((step) => step.name === name);
  const run = async (knex: Knex, statements: readonly string[] = []): Promise<void> => {
    for (const statement of statements) await knex.raw(statement);
  };
  return {
    getMigrations: () => Promise.resolve(paymentsMigrationsOf('sqlite', options).map(({ name }) => name)),
    getMigrationName: (name) => name,
    getMigration: (name) =>
      Promise.resolve({
        up: (knex) => run(knex, stepOf(knex, name)?.up),
        down: (knex) => run(knex, stepOf(knex, name)?.down),
      }),
  };
}

function knexClient(knex: Knex, statementMs = STATEMENT_MS): SqlClient<Knex.Transaction> {
  const dialect = dialectOf(knex);
  const send = (sql: string, values: readonly SqlValue[], tx: Knex = knex): Promise<unknown> =>
    answerTo(tx.raw(sql.replaceAll(/\$\d+/g, '?'), values), statementMs);
  return {
    dialect,
    query: async (sql, values, tx) => rowsOf(await send(sql, values, tx)) ?? [],
    execute: async (sql, values, tx) => countOf(await send(sql, values, tx)),
    transaction: (work) =>
      knex.transaction(
        async (tx) => {
          if (dialect === 'sqlite') await refuseAfterEnd(tx);
          if (dialect === 'mysql') restoreAutocommit(tx, (sql) => tx.raw(sql));
          return work(tx);
        },
        { doNotRejectOnRollback: false },
      ),
  };
}

/**
 * The driver's answer. Knex shows it to listeners of a statement; the value it resolves with may have been rewritten by
 * the shop's `postProcessResponse`.
 */
async function answerTo(statement: Knex.Raw, statementMs: number): Promise<unknown> {
  let answer: unknown;
  statement.on('query-response', (_response: unknown, { response }: { response?: unknown }) => {
    answer = response;
  });
  // Knex destroys the connection of a statement that takes longer.
  await (statementMs === Infinity ? statement : statement.timeout(statementMs));
  return answer;
}

/** pg: a result. mysql2: rows or a header, in a list with fields. SQLite's drivers: rows or a summary. */
function rowsOf(answer: unknown): readonly Row[] | undefined {
  if (Array.isArray(answer)) return Array.isArray(answer[0]) ? (answer[0] as Row[]) : (answer as Row[]);
  return (answer as { rows?: Row[] } | undefined)?.rows;
}

function countOf(answer: unknown): number {
  if (Array.isArray(answer)) {
    const [header] = answer as [{ affectedRows?: number } | undefined];
    return header?.affectedRows ?? answer.length;
  }
  const { rowCount, changes } = (answer ?? {}) as { rowCount?: number; changes?: number };
  return (rowCount ?? changes) as number;
}

/** The part of better-sqlite3 that the store uses. */
interface SqliteConnection {
  readonly inTransaction: boolean;
}

/** SQLite: refuses statements after one that has ended the transaction. */
async function refuseAfterEnd(tx: Knex.Transaction): Promise<void> {
  const connection = (await (tx.client as Knex.Client).acquireConnection()) as SqliteConnection;
  // Knex does not send a statement whose listener throws.
  tx.on('query', () => {
    if (!connection.inTransaction) throw endedError();
  });
}

const DIALECTS: Partial<Record<string, DialectName>> = {
  sqlite3: 'sqlite',
  postgresql: 'postgresql',
  mysql: 'mysql',
};

function dialectOf(knex: Knex): DialectName {
  const name = dialectName(knex);
  if (name === undefined) {
    throw storeError('Payments need a Knex instance: new KnexPaymentStore(knex({ client, connection })).');
  }
  const dialect = DIALECTS[name];
  if (dialect && (knex.client as { driverName?: string }).driverName !== 'sqlite3') return dialect;
  throw storeError(
    `Payments cannot be kept in ${name}: use better-sqlite3, pg or mysql2 as Knex's client. The sqlite3 driver counts ` +
      'no changed rows, and does not say when a statement has ended a transaction.',
  );
}

function dialectName(knex: unknown): string | undefined {
  if (typeof knex !== 'function' || !('raw' in knex) || !('client' in knex)) return undefined;
  const { dialect } = (knex.client ?? {}) as { dialect?: unknown };
  return typeof dialect === 'string' ? dialect : undefined;
}

function refuseTransaction(knex: Knex): Knex {
  if ((knex as Partial<Knex> | undefined)?.isTransaction !== true) return knex;
  throw storeError('The payment store needs the Knex instance itself, not a transaction of it.');
}

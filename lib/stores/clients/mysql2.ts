import type { Row, SqlClient, SqlValue } from '../sql/client';
import { inTransaction, onConnection, type Pool } from '../sql/connection';
import { expectClient } from '../expect';
import { storeError } from '../sql/errors';
import { SqlPaymentStore, type SqlStoreOptions } from '../sql/store';
import { tableCreator, tableDropper } from '../sql/table';
import { STATEMENT_MS } from '../sql/time';

export { paymentsMigrations, type PaymentsMigration } from '../sql/migrations';
export { paymentsTableSql } from '../sql/table';

/** The used part of a connection of `mysql2/promise`. @internal */
export interface Mysql2ConnectionLike {
  query(sql: string): Promise<[result: unknown, fields: unknown]>;
  execute(sql: string, values: (string | number | null)[]): Promise<[result: unknown, fields: unknown]>;
  release(): void;
  destroy(): void;
}

/** The used part of a pool of `mysql2/promise`. @internal */
export interface Mysql2PoolLike<Connection extends Mysql2ConnectionLike> {
  getConnection(): Promise<Connection>;
}

/** Keeps payments through a shop's pool of `mysql2/promise`. A hook's `tx` is the `PoolConnection` of its transaction. */
export class Mysql2PaymentStore<Connection extends Mysql2ConnectionLike> extends SqlPaymentStore<Connection> {
  /** @throws AtipayError `ERR_ATIPAY_STORE` for a bad table name. */
  constructor(pool: Mysql2PoolLike<Connection>, options: SqlStoreOptions = {}) {
    super(mysql2Client(pool, options.statementTimeoutMs), options);
  }
}

/** Creates the payments table, or its missing parts. */
export const createPaymentsTable = tableCreator(mysql2Client<Mysql2ConnectionLike>);

/** Drops the payments table and every payment in it. */
export const dropPaymentsTable = tableDropper(mysql2Client<Mysql2ConnectionLike>);

const POOL =
  "a pool of mysql2/promise: new Mysql2PaymentStore(createPool(uri)), with createPool of 'mysql2/promise'";

function mysql2Client<Connection extends Mysql2ConnectionLike>(
  pool: Mysql2PoolLike<Connection>,
  statementMs = STATEMENT_MS,
): SqlClient<Connection> {
  expectClient(pool, ['getConnection'], POOL);
  if ('promise' in pool)
    throw storeError(`The payment store expected ${POOL}; got one of mysql2: pass pool.promise().`);
  const connections: Pool<Connection> = {
    take: () => pool.getConnection(),
    giveBack: (connection, destroy) => (destroy ? connection.destroy() : connection.release()),
  };
  const send = async (sql: string, values: readonly SqlValue[], tx?: Connection): Promise<unknown> => {
    const ask = (connection: Connection): Promise<[unknown, unknown]> =>
      values.length === 0 ? connection.query(sql) : connection.execute(sql, values.map(bound));
    const [result] = await (tx ? ask(tx) : onConnection(connections, statementMs, ask));
    return result;
  };
  return {
    dialect: 'mysql',
    bindsOnServer: true,
    query: async (sql, values, tx) => (await send(sql, values, tx)) as Row[],
    execute: async (sql, values, tx) =>
      ((await send(sql, values, tx)) as { affectedRows?: number }).affectedRows as number,
    transaction: (work) => inTransaction(connections, statementMs, CONTROL, work),
  };
}

/** As text: mysql2 binds numbers as doubles, which the server takes for a limit in no version. */
const bound = (value: SqlValue): string | null => (value === null ? null : String(value));

const step = (sql: string) => (connection: Mysql2ConnectionLike) => connection.query(sql);

const CONTROL = { begin: step('start transaction'), commit: step('commit'), rollback: step('rollback') };

import type { Row, SqlClient, SqlValue } from '../sql/client';
import { inTransaction, onConnection, type Pool } from '../sql/connection';
import { expectClient } from '../expect';
import { storeError } from '../sql/errors';
import { SqlPaymentStore, type SqlStoreOptions } from '../sql/store';
import { tableCreator, tableDropper } from '../sql/table';
import { STATEMENT_MS } from '../sql/time';

export { paymentsMigrations, type PaymentsMigration } from '../sql/migrations';
export { paymentsTableSql } from '../sql/table';

/** The used part of `pg.PoolClient`. @internal */
export interface PgClientLike {
  query(statement: {
    text: string;
    values: unknown[];
  }): Promise<{ rows: unknown[]; rowCount: number | null }>;
  release(destroy?: boolean): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  removeListener(event: 'error', listener: (error: Error) => void): unknown;
}

/** The used part of `pg.Pool`; the second signature lets TypeScript infer the client from the first. @internal */
export interface PgPoolLike<Client extends PgClientLike> {
  connect: { (): Promise<Client>; (callback: never): void };
}

/** Keeps payments through a shop's `pg.Pool`. A hook's `tx` is the `PoolClient` of its transaction. */
export class PgPaymentStore<Client extends PgClientLike> extends SqlPaymentStore<Client> {
  /** @throws AtipayError `ERR_ATIPAY_STORE` for a bad table name. */
  constructor(pool: PgPoolLike<Client>, options: SqlStoreOptions = {}) {
    super(pgClient(pool, options.statementTimeoutMs), options);
  }
}

/** Creates the payments table, or its missing parts. */
export const createPaymentsTable = tableCreator(pgClient<PgClientLike>);

/** Drops the payments table and every payment in it. */
export const dropPaymentsTable = tableDropper(pgClient<PgClientLike>);

const POOL = 'a Pool of pg: new PgPaymentStore(new pg.Pool({ connectionString }))';

function pgClient<Client extends PgClientLike>(
  pool: PgPoolLike<Client>,
  statementMs = STATEMENT_MS,
): SqlClient<Client> {
  expectClient(pool, ['connect'], POOL);
  const clients: Pool<Client> = {
    take: async () => {
      const client = (await pool.connect()) as Client | undefined;
      if (client === undefined)
        throw storeError(`The payment store expected ${POOL}; got a single connection.`);
      return client.on('error', ignore) as Client;
    },
    giveBack: (client, destroy) => {
      if (!destroy) client.removeListener('error', ignore);
      client.release(destroy);
    },
  };
  const send = (sql: string, values: readonly SqlValue[], tx?: Client) => {
    const statement = { text: sql, values: [...values] };
    return tx ? tx.query(statement) : onConnection(clients, statementMs, (client) => client.query(statement));
  };
  return {
    dialect: 'postgresql',
    query: async (sql, values, tx) => (await send(sql, values, tx)).rows as Row[],
    execute: async (sql, values, tx) => (await send(sql, values, tx)).rowCount as number,
    transaction: (work) => inTransaction(clients, statementMs, CONTROL, work),
  };
}

/** A client that is lost says so to its statement; without a listener, its event would end the process. */
const ignore = (): void => undefined;

const step = (text: string) => (client: PgClientLike) => client.query({ text, values: [] });

const CONTROL = { begin: step('begin'), commit: step('commit'), rollback: step('rollback') };

import mysql from 'mysql2/promise';
import { Pool } from 'pg';
import * as knexClient from '../../lib/stores/clients/knex';
import * as mysql2Client from '../../lib/stores/clients/mysql2';
import * as pgClient from '../../lib/stores/clients/pg';
import { changed, rejectsWith, Scene } from '../../lib/stores/contract/scene';
import type { SqlStoreOptions } from '../../lib/stores/sql/store';
import type { PaymentStore } from '../../lib/stores/store';
import {
  connectTo,
  describeWith,
  MYSQL,
  POSTGRES,
  uniqueTable,
  type DatabaseServer,
} from '../support/databases';
import { tcpProxy, type TcpProxy } from '../support/tcp-proxy';

/** Long enough for an answer on a busy machine, short enough to be waited for. */
const STATEMENT_MS = 2_000;

interface Opened {
  store: PaymentStore<unknown>;
  create(): Promise<void>;
  drop(): Promise<void>;
  close(): Promise<void>;
}

type Open = (url: string, options: SqlStoreOptions) => Opened;

const overPg: Open = (url, options) => {
  const pool = new Pool({ connectionString: url, max: 3 });
  pool.on('error', () => undefined);
  return {
    store: new pgClient.PgPaymentStore(pool, options),
    create: () => pgClient.createPaymentsTable(pool, options),
    drop: () => pgClient.dropPaymentsTable(pool, options),
    close: () => pool.end(),
  };
};

const overMysql2: Open = (url, options) => {
  const pool = mysql.createPool({ uri: url, connectionLimit: 3 });
  return {
    store: new mysql2Client.Mysql2PaymentStore(pool, options),
    create: () => mysql2Client.createPaymentsTable(pool, options),
    drop: () => mysql2Client.dropPaymentsTable(pool, options),
    close: () => pool.end(),
  };
};

const overKnex =
  (server: DatabaseServer): Open =>
  (url, options) => {
    const knex = connectTo({ ...server, url }, { pool: { min: 0, max: 3 } });
    return {
      store: new knexClient.KnexPaymentStore(knex, options),
      create: () => knexClient.createPaymentsTable(knex, options),
      drop: () => knexClient.dropPaymentsTable(knex, options),
      close: () => knex.destroy(),
    };
  };

type IsMeant = (bytes: Buffer) => boolean;

const says =
  (words: string): IsMeant =>
  (bytes) =>
    bytes.includes(words);

/** MySQL's command to run a prepared statement. */
const isExecuted: IsMeant = (bytes) => bytes[4] === 0x17;

describeWith(POSTGRES, 'connections to PostgreSQL that are lost', () => {
  describe('pg', () => survives(POSTGRES, overPg, says('update '), says('commit')));
  describe('Knex', () => survives(POSTGRES, overKnex(POSTGRES), says('update '), says('COMMIT')));
});

describeWith(MYSQL, 'connections to MySQL or MariaDB that are lost', () => {
  describe('mysql2', () => survives(MYSQL, overMysql2, isExecuted, says('set autocommit = 1')));
  describe('Knex', () => survives(MYSQL, overKnex(MYSQL), says('update '), says('set autocommit = 1')));
});

/** A store on connections that are lost. */
function survives(server: DatabaseServer, open: Open, isUpdate: IsMeant, isCommit: IsMeant): void {
  const tableName = uniqueTable();
  let proxy: TcpProxy;
  let opened: Opened;
  let scene: Scene;

  beforeAll(async () => {
    proxy = await tcpProxy(server.url);
    opened = open(proxy.url, { tableName, statementTimeoutMs: STATEMENT_MS });
    await opened.create();
    scene = new Scene(opened.store);
  });
  afterAll(async () => {
    await opened.drop();
    await opened.close();
    await proxy.close();
  });

  /** Fills the pool with idle connections, and loses them. */
  async function lose(how: 'reset' | 'end' | 'silence'): Promise<void> {
    await Promise.all(Array.from({ length: 6 }, () => scene.store.find('7')));
    proxy[how]();
  }

  test.each(['reset', 'end', 'silence'] as const)(
    'a read passes after a %s of idle connections',
    async (how) => {
      const record = await scene.given();
      await lose(how);
      await scene.holds(record);
    },
  );

  test.each(['reset', 'end', 'silence'] as const)(
    'a write after a %s is recognised by its version',
    async (how) => {
      const record = await scene.given();
      const next = changed(record, { traceNumber: how });
      await lose(how);
      const [outcome] = await Promise.allSettled([scene.store.update(next, record)]);
      if (outcome.status === 'rejected') {
        expect(outcome.reason).toMatchObject({ code: 'ERR_ATIPAY_STORE_CONNECTION' });
        await scene.store.find(record.invoiceNumber);
        // True or false: the first may have been applied, even after this read. The version lets one of them through.
        await scene.store.update(next, record);
      }
      await scene.holds(next);
    },
  );

  test('a write whose answer is cut off says that it may have been applied', async () => {
    const record = await scene.given();
    const next = changed(record, { traceNumber: 'cut' });
    proxy.cutAnswerTo(isUpdate);
    await rejectsWith('ERR_ATIPAY_STORE_CONNECTION', scene.store.update(next, record));
    await scene.holds(next);
  });

  test('a transaction whose commit is not answered says that it may have been applied', async () => {
    const record = await scene.given();
    const next = changed(record, { hookAttempts: 1 });
    const work = scene.store.transaction?.(async (tx) => {
      await scene.store.update(next, record, { tx });
      proxy.cutAnswerTo(isCommit);
    });
    await rejectsWith('ERR_ATIPAY_STORE_CONNECTION', Promise.resolve(work));
    await scene.holds(next);
  });

  test('a transaction that cannot begin on lost connections begins on another', async () => {
    const record = await scene.given();
    const next = changed(record, { hookAttempts: 1 });
    await lose('reset');
    await scene.store.transaction?.((tx) => scene.store.update(next, record, { tx }));
    await scene.holds(next);
  });

  test('a transaction whose connection is lost under way changes nothing', async () => {
    const record = await scene.given();
    const work = scene.store.transaction?.(async (tx) => {
      await scene.store.update(changed(record, { hookAttempts: 1 }), record, { tx });
      proxy.reset();
      await scene.store.find(record.invoiceNumber, tx);
    });
    await rejectsWith('ERR_ATIPAY_STORE_CONNECTION', Promise.resolve(work));
    await scene.holds(record);
  });
}

import { uniqueTable } from '../../support/databases';
import { mysqlEnding, postgresEnding, sqliteEnding } from '../../support/endings';
import { keepsContract, SQL_STORE } from '../../support/store-contract';
import { describeEach } from './describe-on';
import { MAPPERS } from './drivers';
import { databaseFor, type Database, type Opened } from './opened';

const PATIENCE_MS = 120_000;

describeEach(MAPPERS, 'the store keeps the contract', ({ load }, database) => {
  const tableName = uniqueTable();
  const { url, remove } = databaseFor(database);
  let opened: Opened<unknown>;
  let ending: Awaited<ReturnType<typeof endingOn>>;
  beforeAll(async () => {
    const open = await load();
    opened = await open({ database, url, tableName, statementTimeoutMs: PATIENCE_MS });
    await opened.createTable();
    ending = await endingOn(database, opened);
  });
  afterAll(async () => {
    await ending.close();
    await opened.dropTable();
    await opened.close();
    remove();
  });

  keepsContract(
    () => ({
      store: opened.store,
      spoil: async (invoice) => {
        await opened.send(`update ${tableName} set history = '{' where invoice_number = '${invoice}'`);
      },
      endTransaction: (tx) => ending.endTransaction(tx),
      close: async () => {
        if (database === 'sqlite') await opened.send('drop table if exists once');
      },
    }),
    SQL_STORE,
  );
});

function endingOn(database: Database, { run }: Opened<unknown>) {
  if (database === 'postgresql') return postgresEnding(run);
  return database === 'mysql' ? mysqlEnding(run) : sqliteEnding(run);
}

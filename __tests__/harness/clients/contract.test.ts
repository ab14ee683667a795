import { uniqueTable } from '../../support/databases';
import { mysqlEnding, postgresEnding, sqliteEnding } from '../../support/endings';
import { keepsContract, SQL_STORE } from '../../support/store-contract';
import { drizzleMysql2, drizzleNodePostgres, drizzlePostgres } from './drivers/drizzle';
import { kysely } from './drivers/kysely';
import { prisma } from './drivers/prisma';
import { sequelize } from './drivers/sequelize';
import { typeorm } from './drivers/typeorm';
import type { Database, Driver, Opened } from './opened';

keeps(kysely);
keeps(drizzleNodePostgres);
keeps(drizzlePostgres);
keeps(drizzleMysql2);
keeps(typeorm);
keeps(sequelize);
keeps(prisma);

/** The contract on each database that the client serves. */
function keeps<Tx>(driver: Driver<Tx>): void {
  describe.each(driver.databases)(`${driver.name} on %s keeps the contract`, (database) => {
    const tableName = uniqueTable();
    let opened: Opened<Tx>;
    let ending: Awaited<ReturnType<typeof endingOn<Tx>>>;
    beforeAll(async () => {
      opened = await driver.open(database, tableName);
      await opened.createTable();
      ending = await endingOn(database, opened);
    });
    afterAll(async () => {
      await ending.close();
      await opened.dropTable();
      await opened.close();
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
}

function endingOn<Tx>(database: Database, { run }: Opened<Tx>) {
  if (database === 'postgresql') return postgresEnding(run);
  return database === 'mysql' ? mysqlEnding(run) : sqliteEnding(run);
}

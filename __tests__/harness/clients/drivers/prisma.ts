import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  createPaymentsTable,
  dropPaymentsTable,
  PrismaPaymentStore,
} from '../../../../lib/stores/clients/prisma';
import { MYSQL, POSTGRES } from '../../../support/databases';
import { PATIENCE_MS, sqliteFile, type Database, type Driver } from '../opened';
import { PrismaClient as MysqlClient } from '../prisma/generated/mysql/client';
import { PrismaClient as PostgresqlClient, type Prisma } from '../prisma/generated/postgresql/client';
import { PrismaClient as SqliteClient } from '../prisma/generated/sqlite/client';

export const prisma: Driver<Prisma.TransactionClient> = {
  name: 'PrismaPaymentStore',
  databases: ['postgresql', 'mysql', 'sqlite'],
  open: (database, tableName) => {
    const { filename, remove } = sqliteFile();
    const client = clientFor(database, filename);
    const options = { dialect: database, tableName, statementTimeoutMs: PATIENCE_MS };
    return {
      store: new PrismaPaymentStore(client, options),
      send: (sql) => client.$executeRawUnsafe(sql),
      run: (tx, sql) => tx.$executeRawUnsafe(sql),
      createTable: () => createPaymentsTable(client, options),
      dropTable: () => dropPaymentsTable(client, options),
      close: async () => {
        await client.$disconnect();
        remove();
      },
    };
  },
};

/** The three generated clients have one shape. */
function clientFor(database: Database, filename: string): PostgresqlClient {
  if (database === 'postgresql') {
    return new PostgresqlClient({ adapter: new PrismaPg({ connectionString: POSTGRES.url }) });
  }
  if (database === 'sqlite') {
    const adapter = new PrismaBetterSqlite3({ url: `file:${filename}`, timeout: 50 });
    return new SqliteClient({ adapter }) as unknown as PostgresqlClient;
  }
  const { hostname, port, username, pathname } = new URL(MYSQL.url);
  const adapter = new PrismaMariaDb({
    host: hostname,
    port: Number(port),
    user: username,
    database: pathname.slice(1),
    connectionLimit: 10,
  });
  return new MysqlClient({ adapter }) as unknown as PostgresqlClient;
}

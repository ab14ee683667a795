import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  createPaymentsTable,
  dropPaymentsTable,
  PrismaPaymentStore,
} from '../../../../lib/stores/clients/prisma';
import type { Database, OpenStore } from '../opened';
import { PrismaClient as MysqlClient } from '../generated/prisma-mysql/client';
import { PrismaClient as PostgresqlClient, type Prisma } from '../generated/prisma/client';
import { PrismaClient as SqliteClient } from '../generated/prisma-sqlite/client';

export const prisma: OpenStore<Prisma.TransactionClient> = ({ database, url, ...place }) => {
  const client = clientFor(database, url);
  const options = { dialect: database, ...place };
  return {
    store: new PrismaPaymentStore(client, options),
    send: (sql) => client.$executeRawUnsafe(sql),
    run: (tx, sql) => tx.$executeRawUnsafe(sql),
    createTable: () => createPaymentsTable(client, options),
    dropTable: () => dropPaymentsTable(client, options),
    close: () => client.$disconnect(),
  };
};

/** The three generated clients have one shape. */
function clientFor(database: Database, at: string): PostgresqlClient {
  if (database === 'postgresql') {
    return new PostgresqlClient({ adapter: new PrismaPg({ connectionString: at }) });
  }
  if (database === 'sqlite') {
    const adapter = new PrismaBetterSqlite3({ url: `file:${at}`, timeout: 50 });
    return new SqliteClient({ adapter }) as unknown as PostgresqlClient;
  }
  const { hostname, port, username, pathname } = new URL(at);
  const adapter = new PrismaMariaDb({
    host: hostname,
    port: Number(port),
    user: username,
    database: pathname.slice(1),
    connectionLimit: 10,
  });
  return new MysqlClient({ adapter }) as unknown as PostgresqlClient;
}

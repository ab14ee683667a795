import type { Knex } from 'knex';
import { DataSource } from 'typeorm';
import { sqliteFile } from '../support/databases';
import {
  closing,
  expectFullPrice,
  expectGuarantees,
  expectLastWord,
  fullPrice,
  prismaShop,
  refused,
  served,
  Stock,
  typeormShop,
} from './orm-shops';
import { Orders } from './recipes/typeorm';

function sqlite(): { knex: Knex; filename: string } {
  const { knex, filename, remove } = sqliteFile();
  closing(remove);
  return { knex, filename };
}

describe.each([
  [
    'TypeORM on SQLite',
    async () => {
      const { knex, filename } = sqlite();
      const entities = [Orders, Stock];
      const options = { type: 'better-sqlite3', database: filename, entities, synchronize: true } as const;
      return typeormShop(knex, new DataSource(options));
    },
  ],
  ["Prisma's tables on SQLite, without its client", () => prismaShop(sqlite().knex)],
])('with %s', (_name, open) => {
  test(served, async () => expectGuarantees(await open()));
  test(fullPrice, async () => expectFullPrice(await open()));
  test(refused, async () => expectLastWord(await open()));
});

import type { Knex } from 'knex';
import { createPaymentsTable, dropPaymentsTable } from 'express-atipay/stores/knex';
import { lookAtPages, type PageLook } from '../harness/desk/plans/look';
import { uniqueTable } from '../support/databases';

const ROWS = 20_000;
/** A page reads one row more than it shows, the figures of a day its 2,880 payments; planners may take twice as many. */
const MOST_READ = 6_000;
/** Today reads three days, once by their beginning and once by their confirmation. */
const MOST_OF_A_PAGE = 18_000;

/** Each page of the desk finds its payments by an index, and reads no more for a longer table. */
export function readsByIndexes(connect: () => Knex): void {
  const tableName = uniqueTable();
  let knex: Knex;
  let looks: PageLook[];
  beforeAll(async () => {
    knex = connect();
    await createPaymentsTable(knex, { tableName });
    looks = await lookAtPages(knex, tableName, ROWS);
  });
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await knex.destroy();
  });

  test('every page is there and asks the store', () => {
    const wrong = looks.filter(({ status }) => status !== 200 && status !== 303);
    expect(wrong.map(({ path, status }) => `${path}: ${status}`)).toEqual([]);
    expect(looks.filter(({ plans }) => plans.length > 0).length).toBeGreaterThan(50);
  });

  test('no statement reads a table from end to end, sorts without a limit, or reads many rows', () => {
    const wrong = looks.flatMap(({ path, plans }) =>
      plans.flatMap(({ sql, problems, read = 0 }) =>
        problems.length > 0 || read > MOST_READ ? [{ path, sql, problems, read }] : [],
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('no page reads more rows by asking again and again', () => {
    const sums = looks.map(({ path, plans }) => ({
      path,
      rows: plans.reduce((sum, { read = 0 }) => sum + read, 0),
      statements: plans.length,
    }));
    expect(sums.filter(({ rows, statements }) => rows > MOST_OF_A_PAGE || statements > 15)).toEqual([]);
  });
}

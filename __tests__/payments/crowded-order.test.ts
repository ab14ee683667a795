import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { BetterSqlite3PaymentStore, createPaymentsTable } from 'express-atipay/stores/better-sqlite3';
import { openShop } from '../support/opened';
import { anOrder, HOUR, type Shop } from '../support/shop';

const folder = mkdtempSync(join(tmpdir(), 'atipay-test-'));
let files = 0;
afterAll(() => rmSync(folder, { recursive: true }));

interface Crowded {
  shop: Shop<Database.Database>;
  /** The statements that some work sends to the database. */
  statementsOf: (work: () => Promise<unknown>) => Promise<number>;
}

/** A shop on SQLite, in which one order has so many attempts whose buyers have left. */
async function crowded(attempts: number): Promise<Crowded> {
  let sent = 0;
  const file = join(folder, `${(files += 1)}.db`);
  const open = (): Database.Database => new Database(file, { verbose: () => (sent += 1) });
  const tables = open();
  tables.pragma('journal_mode = wal');
  await createPaymentsTable(tables);
  tables.close();
  const store = new BetterSqlite3PaymentStore(open);
  const shop = await openShop({ store, attempts: { perOrder: 10_000 } });
  const first = await shop.started(anOrder({ orderId: 'crowded' }));
  for (let count = 1; count < attempts; count += 1) {
    await store.insert({ ...first, invoiceNumber: String(count).padStart(20, '0') });
  }
  return {
    shop,
    statementsOf: async (work) => {
      const before = sent;
      await work();
      return sent - before;
    },
  };
}

const ATTEMPTS = [1, 1_200];

describe('1,200 attempts of one order', () => {
  const counts = async (count: (crowd: Crowded) => Promise<number>): Promise<number[]> => {
    const found = [];
    for (const attempts of ATTEMPTS) found.push(await count(await crowded(attempts)));
    return found;
  };

  test.each<[who: string, (crowd: Crowded) => Promise<number>]>([
    ['a buyer of another order who begins', ({ shop, statementsOf }) => statementsOf(() => shop.started())],
    [
      'a buyer of another order who comes back',
      async ({ shop, statementsOf }) => {
        const record = await shop.started();
        const receipt = { referenceNumber: shop.gateway.receipt(record.invoiceNumber) };
        return statementsOf(() => shop.comesBack(record, receipt));
      },
    ],
    [
      'one more attempt of the order',
      ({ shop, statementsOf }) => statementsOf(() => shop.started(anOrder({ orderId: 'crowded' }))),
    ],
    [
      'a sweep, until it has asked for another buyer who waits',
      async ({ shop, statementsOf }) => {
        await shop.unanswered();
        shop.now += HOUR;
        let sweep: Promise<unknown> | undefined;
        const count = await statementsOf(
          () =>
            new Promise<void>((resolve) => {
              shop.gateway.replies['verify-payment'].push(() => {
                resolve();
                return Promise.resolve({ body: { amount: 25_000 } });
              });
              sweep = shop.atipay.recover();
            }),
        );
        await sweep;
        return count;
      },
    ],
  ])('cost no statement to %s', async (_who, count) => {
    const [few, many] = await counts(count);
    expect(few).toBeGreaterThan(0);
    expect(many).toBe(few);
  });
});

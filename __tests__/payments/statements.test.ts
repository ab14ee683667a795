import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { BetterSqlite3PaymentStore, createPaymentsTable } from 'express-atipay/stores/better-sqlite3';
import { openShop } from '../support/opened';

const folder = mkdtempSync(join(tmpdir(), 'atipay-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a buyer who comes back costs the database one read and three writes', async () => {
  const sent: string[] = [];
  const verbose = (sql: unknown): unknown => sent.push(String(sql).split(' ')[0] ?? '');
  const open = (): Database.Database => new Database(join(folder, 'payments.db'), { verbose });
  const tables = open();
  await createPaymentsTable(tables);
  tables.close();
  const shop = await openShop({ store: new BetterSqlite3PaymentStore(open), onSuccess: () => undefined });
  const record = await shop.started();
  sent.length = 0;
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect((await shop.record(record.invoiceNumber)).hookDeliveredAt).not.toBeNull();
  const write = ['begin', 'update', 'commit'];
  expect(sent).toEqual(['select', ...write, ...write, ...write, 'select']);
});

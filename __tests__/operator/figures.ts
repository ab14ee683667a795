import type { Knex } from 'knex';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { MemoryPaymentStore } from 'express-atipay';
import { Scene } from '../../lib/stores/contract/scene';
import type { PaymentSearch, PaymentStore, TallyQuery, TallyRow } from '../../lib/stores/store';
import { uniqueTable } from '../support/databases';

const NOON = 1_700_000_000_000;
const HOUR = 3_600_000;

/** A SQL store counts and finds the same as the memory store. */
export function countsAsTheMemoryStoreDoes(connect: () => Knex): void {
  const tableName = uniqueTable();
  let knex: Knex;
  beforeAll(async () => {
    knex = connect();
    await createPaymentsTable(knex, { tableName });
  });
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await knex.destroy();
  });

  test('counts, looks up and names its unique keys', () =>
    countsLikeMemory(new KnexPaymentStore(knex, { tableName })));
}

/** Insists that a store counts and finds the same as the memory store, and names its unique keys. */
export async function countsLikeMemory(
  store: PaymentStore<unknown> & Required<PaymentSearch>,
): Promise<void> {
  const memory = new MemoryPaymentStore({ quiet: true });
  const scene = new Scene(store);
  const { account } = scene;
  for (let index = 0; index < 30; index += 1) {
    const record = await scene.given({
      createdAt: NOON + (index * HOUR) / 3,
      amount: 2 ** 40 + index,
      ...(index % 3 === 0
        ? { status: 'paid', verifiedAt: NOON + (index * HOUR) / 2, rrn: `00000000000${index % 2}` }
        : { status: 'failed', failureReason: index % 2 === 0 ? 'Failed' : 'CanceledByUser' }),
    });
    await memory.insert(record);
  }
  const sorted = (rows: readonly TallyRow[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
  for (const by of ['begun', 'confirmed'] as const) {
    const query: TallyQuery = { account, by, from: NOON + HOUR, before: NOON + 9 * HOUR, everyMs: HOUR };
    const rows = await store.tally(query);
    expect(rows.length).toBeGreaterThan(4);
    expect(sorted(rows)).toEqual(sorted(await memory.tally(query)));
  }
  const look = { account, field: 'rrn', values: ['000000000000', 'none'], limit: 10 } as const;
  expect(await store.lookUp(look)).toEqual(await memory.lookUp(look));
  expect((await store.lookUp(look)).length).toBe(5);
  const keys = (await store.uniqueKeys()).map((columns) => [...columns].sort().join(' '));
  expect([...new Set(keys)].sort()).toEqual(['account order_key', 'invoice_number', 'receipt_key']);
}

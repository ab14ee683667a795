import type { Knex } from 'knex';
import { atipayRouter, type PaymentStore, type SweepReport } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import { delegate } from '../shop/delegate';
import { RunDatabase, type StoreName } from '../world/database';
import { fillBacklog, indexOf } from './fill';
import { liveHeap } from './heap';

const DUE_AT = Date.UTC(2026, 0, 1);
const SAMPLES = 20;

type Store = PaymentStore<Knex.Transaction>;

/** A shop that comes back after a long time, with many payments due at once. */
export class Backlog {
  /** The number of hook calls for each, by number. */
  readonly told: Uint8Array;
  /** Live heap in megabytes, before the sweep and all along it. */
  readonly heap: number[] = [];
  /** The most rows one query has returned. */
  largestBatch = 0;
  private now = DUE_AT + 60_000;
  private count = 0;

  private constructor(
    readonly rows: number,
    private readonly database: RunDatabase,
  ) {
    this.told = new Uint8Array(rows + 1);
  }

  static async open(store: StoreName, rows: number): Promise<Backlog> {
    const database = await RunDatabase.create(store);
    await fillBacklog(database.knex, database.plan, rows, DUE_AT);
    return new Backlog(rows, database);
  }

  /**
   * A process of the shop sweeps once; after this many hook calls it closes, mid-way.
   *
   * @param spoil - a store that breaks its contract.
   */
  async sweep(
    closeAfter = Infinity,
    spoil: (store: Store) => Store = (store) => store,
  ): Promise<SweepReport> {
    const router = atipayRouter({
      apiKey: 'test-api-key',
      publicUrl: 'http://127.0.0.1:9/payment',
      gatewayUrl: 'http://127.0.0.1:9/v1',
      store: this.counting(spoil(this.store())),
      recovery: false,
      onSuccess: () => undefined,
      onFailure: ({ orderId }) => {
        this.note(orderId);
        if (this.count >= closeAfter) void router.atipay.close();
      },
      now: () => this.now,
    });
    this.heap.push(liveHeap());
    const report = await router.atipay.recover();
    await router.atipay.close();
    return report;
  }

  passes(ms: number): void {
    this.now += ms;
  }

  /** How many payments are in each state, its hook delivered or not. */
  async states(): Promise<Record<string, number>> {
    const rows = await this.database
      .knex<{ status: string; delivered: number; count: number | string }>(this.database.plan.tables.payments)
      .select('status')
      .select(this.database.knex.raw('count(hook_delivered_at) as delivered'))
      .count({ count: '*' })
      .groupBy('status');
    const found = rows as unknown as { status: string; delivered: number | string; count: number | string }[];
    return Object.fromEntries(
      found.flatMap(({ status, delivered, count }) => [
        [status, Number(count)],
        [`${status}, delivered`, Number(delivered)],
      ]),
    );
  }

  async drop(): Promise<void> {
    await this.database.drop();
  }

  private store(): Store {
    return new KnexPaymentStore(this.database.knex, { tableName: this.database.plan.tables.payments });
  }

  private counting(store: Store): Store {
    return delegate(store, {
      due: async (query) => {
        const due = await store.due(query);
        this.largestBatch = Math.max(this.largestBatch, due.length);
        return due;
      },
    });
  }

  private note(orderId: string): void {
    const index = indexOf(orderId);
    this.told[index] = (this.told[index] ?? 0) + 1;
    if (this.count % Math.ceil(this.rows / SAMPLES) === 0) this.heap.push(liveHeap());
    this.count += 1;
  }
}

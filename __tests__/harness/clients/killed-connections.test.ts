import type { PaymentRecord } from 'express-atipay';
import type { Knex } from 'knex';
import { connectTo, MYSQL, POSTGRES } from '../../support/databases';
import { freshDatabase, type FreshDatabase } from '../../support/fresh-database';
import { openShop } from '../../support/opened';
import { HOUR, MINUTE, type Shop } from '../../support/shop';
import { describeEach } from './describe-on';
import { CLIENTS } from './drivers';
import type { Database, Opened, OpenStore } from './opened';

/** Where on a buyer's way back the server ends every connection of the shop. */
const POINTS = [
  'before the claim',
  'while the gateway verifies',
  'before the transaction',
  'inside the transaction',
  'after the transaction',
] as const;
type Point = (typeof POINTS)[number];

/** At once. */
const BUYERS = 3;
const SWEEP_EVERY_MS = MINUTE / 2;
/** Two minutes of the shop's clock. */
const SWEEPS = 4;
const CONFIRMED = { body: '{"amount":25000.0}' };

// SQLite has no server that ends connections. postgres.js 3.4 writes to a socket that has gone, and throws an error that
// belongs to no statement.
const SERVED = CLIENTS.filter(({ name }) => name !== 'drizzle-postgres-js').map((client) => ({
  ...client,
  databases: client.databases.filter((database) => database !== 'sqlite'),
}));

describeEach(SERVED, 'the server ends connections while buyers come back', ({ load }, database) => {
  test('every payment is settled within two minutes, once, and sweeps go on', async () => {
    const scene = await KilledShop.open(await load(), database);
    try {
      const { shop } = scene;
      const left = await shop.started();
      const buyers: PaymentRecord[] = [];
      for (const point of POINTS) buyers.push(...(await scene.comeBackInto(point)));
      expect([...scene.killedAt]).toEqual(POINTS);
      for (let sweeps = 0; sweeps < SWEEPS; sweeps += 1) await shop.sweepAfter(SWEEP_EVERY_MS);

      for (const { invoiceNumber } of buyers) {
        expect(await shop.record(invoiceNumber)).toMatchObject({ status: 'paid', dueAt: null });
      }
      expect((await scene.effects()).sort()).toEqual(buyers.map(({ orderId }) => orderId).sort());
      await shop.sweepAfter(HOUR);
      expect(await shop.record(left.invoiceNumber)).toMatchObject({ failureReason: 'Abandoned' });
    } finally {
      await scene.close();
    }
  });
});

/** A shop whose connections end, all at once, when a buyer is at a point. */
class KilledShop {
  readonly killedAt = new Set<Point>();
  #point: Point | undefined;

  private constructor(
    readonly shop: Shop<unknown>,
    private readonly fresh: FreshDatabase,
    private readonly server: Knex,
    private readonly database: Database,
    private readonly opened: Opened<unknown>,
  ) {}

  static async open(open: OpenStore<unknown>, database: Database): Promise<KilledShop> {
    const fresh = await freshDatabase(database);
    const opened = await open({ database, url: fresh.url, tableName: 'payments' });
    await opened.createTable();
    await fresh.knex.schema.createTable('effects', (table) => table.string('order_id', 40));
    const shop = await openShop<unknown>({
      store: opened.store,
      stillPayable: async () => {
        await scene.#passes('before the claim');
        return true;
      },
      onSuccess: async ({ orderId }, { transaction }) => {
        await scene.#passes('before the transaction');
        await transaction(async (tx) => {
          await opened.run(tx, `insert into effects (order_id) values ('${orderId}')`);
          await scene.#passes('inside the transaction');
        });
        await scene.#passes('after the transaction');
      },
    });
    const server = connectTo(database === 'mysql' ? MYSQL : POSTGRES);
    const scene = new KilledShop(shop, fresh, server, database, opened);
    return scene;
  }

  /** Buyers pay and come back at once. One who sees an error of the shop reloads the page once. */
  async comeBackInto(point: Point): Promise<PaymentRecord[]> {
    const { shop } = this;
    const buyers = await Promise.all(Array.from({ length: BUYERS }, () => shop.started()));
    this.#point = point;
    const comesBack = async (buyer: PaymentRecord): Promise<void> => {
      const referenceNumber = shop.gateway.receipt(buyer.invoiceNumber);
      shop.gateway.replies['verify-payment'].push(async () => {
        await this.#passes('while the gateway verifies');
        return CONFIRMED;
      });
      const { status } = await shop.comesBack(buyer, { referenceNumber });
      if (status >= 500) await shop.comesBack(buyer, { referenceNumber });
    };
    await Promise.all(buyers.map(comesBack));
    this.#point = undefined;
    return buyers;
  }

  /** The orders that a hook has had an effect on, one entry for each effect. */
  effects(): Promise<string[]> {
    return this.fresh.knex<{ order_id: string }>('effects').pluck('order_id');
  }

  async close(): Promise<void> {
    // Not awaited: Drizzle keeps the connections on which it could not begin, so that its pool never ends.
    void this.opened.close();
    await this.#kill();
    await this.fresh.drop();
    await this.server.destroy();
  }

  async #passes(here: Point): Promise<void> {
    if (here !== this.#point) return;
    this.killedAt.add(here);
    await this.#kill();
  }

  async #kill(): Promise<void> {
    const name = new URL(this.fresh.url).pathname.slice(1);
    if (this.database === 'postgresql') {
      // Not one that is just opening: Sequelize 6 would throw its error outside of every statement.
      const used = "select pg_terminate_backend(pid) from pg_stat_activity where datname = ? and query <> ''";
      await this.server.raw(used, [name]);
      return;
    }
    const ids = await this.server<{ id: number; db: string }>('information_schema.processlist')
      .where({ db: name })
      .pluck('id');
    // One may have ended meanwhile.
    await Promise.allSettled(ids.map((id) => this.server.raw(`kill ${id}`)));
  }
}

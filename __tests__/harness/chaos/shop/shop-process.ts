import { createServer } from 'node:http';
import express, { type RequestHandler } from 'express';
import type { Knex } from 'knex';
import type { Atipay } from 'express-atipay';
import { textbookRouter } from '../../../../bench/textbook';
import { listen, readPlan, serveRequests } from '../world/child-side';
import { ScaledClock } from '../world/clock';
import { openDatabase } from '../world/database';
import { Books } from './books';
import { DEFECTS } from './defects';
import { openDoor, ourRouter } from './ours';
import type { ShopPlan } from './plan';
import type { OpenStore } from './shop-store';

/** One of a shop's processes: loaded and waiting, as a process manager's spare is, until it is asked to open. */
class ShopProcess<Tx> {
  private readonly clock: ScaledClock;
  private readonly knex: Knex;
  private atipay: Atipay | undefined;

  constructor(
    private readonly plan: ShopPlan,
    private readonly openStore: OpenStore<Tx>,
  ) {
    this.clock = new ScaledClock(plan.clock);
    this.clock.setOffset(plan.offset);
    this.knex = openDatabase(plan.database);
  }

  /** Begins to serve and to sweep. Resolves with the port. */
  async open(): Promise<number> {
    const app = express();
    const port = await listen(createServer(app));
    app.use('/payment', await this.payments(this.plan.publicUrl ?? `http://127.0.0.1:${port}/payment`));
    return port;
  }

  setOffset(offset: number): void {
    this.clock.setOffset(offset);
  }

  recover(): unknown {
    return this.atipay?.recover();
  }

  private async payments(publicUrl: string): Promise<RequestHandler> {
    const { kind, defect, database } = this.plan;
    const books = new Books(this.knex, database.tables, this.clock.now);
    if (kind === 'textbook') return this.textbook(publicUrl, books);
    const store = await this.openStore(this.plan, this.knex);
    const router = await ourRouter(this.plan, publicUrl, store, this.knex, books, this.clock.now);
    this.atipay = router.atipay;
    const opened = defect !== undefined && DEFECTS[defect].openDoor === true;
    return opened ? openDoor(router, this.knex, database.tables.payments) : router;
  }

  private textbook(publicUrl: string, books: Books): RequestHandler {
    const { apiKey, gatewayUrl, pace } = this.plan;
    const { clock } = this;
    const run = (sql: string) => this.knex.raw(sql);
    return textbookRouter({
      apiKey,
      gatewayUrl,
      publicUrl,
      timeout: pace.callTimeoutMs,
      findOrder: (id) => books.find(id),
      markPaid: async ({ id }, invoiceNumber, referenceNumber) => {
        await books.markPaid(run, id);
        await books.noteEffect(run, { orderId: id, invoiceNumber, referenceNumber });
      },
      markFailed: ({ id }, invoiceNumber, reason) =>
        books.noteFailure(run, { orderId: id, invoiceNumber, reason, at: clock.now() }),
    });
  }
}

/** Serves a shop whose payments are in the store that `openStore` opens. */
export function serveShop<Tx>(openStore: OpenStore<Tx>): void {
  const shop = new ShopProcess(readPlan() as ShopPlan, openStore);
  serveRequests(
    {
      open: () => shop.open(),
      offset: (offset: number) => shop.setOffset(offset),
      recover: () => shop.recover(),
    },
    0,
  );
}

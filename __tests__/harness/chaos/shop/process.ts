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

/** One of a shop's processes: loaded and waiting, as a process manager's spare is, until it is asked to open. */
class ShopProcess {
  private readonly clock: ScaledClock;
  private readonly knex: Knex;
  private atipay: Atipay | undefined;

  constructor(private readonly plan: ShopPlan) {
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
    const router = await ourRouter(this.plan, publicUrl, this.knex, books, this.clock.now);
    this.atipay = router.atipay;
    const opened = defect !== undefined && DEFECTS[defect].openDoor === true;
    return opened ? openDoor(router, this.knex, database.tables.payments) : router;
  }

  private textbook(publicUrl: string, books: Books): RequestHandler {
    const { apiKey, gatewayUrl, pace } = this.plan;
    const { knex, clock } = this;
    return textbookRouter({
      apiKey,
      gatewayUrl,
      publicUrl,
      timeout: pace.callTimeoutMs,
      findOrder: (id) => books.find(id),
      markPaid: ({ id }, invoiceNumber, referenceNumber) =>
        books.markPaid(knex, { orderId: id, invoiceNumber, referenceNumber }),
      markFailed: ({ id }, invoiceNumber, reason) =>
        books.noteFailure(knex, { orderId: id, invoiceNumber, reason, at: clock.now() }),
    });
  }
}

const shop = new ShopProcess(readPlan() as ShopPlan);
serveRequests(
  {
    open: () => shop.open(),
    offset: (offset: number) => shop.setOffset(offset),
    recover: () => shop.recover(),
  },
  0,
);

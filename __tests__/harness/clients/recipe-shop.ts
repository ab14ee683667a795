import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { AtipayRouter } from 'express-atipay';
import { createPaymentsTable } from 'express-atipay/stores/knex';
import { startSimulator, type Simulator } from 'express-atipay/simulator';
import type { Knex } from 'knex';

export interface Settings {
  apiKey: string;
  publicUrl: string;
  gatewayUrl: string;
}

/** A shop made of a recipe, its gateway, and a way to crash it. */
export class RecipeShop {
  private constructor(
    readonly simulator: Simulator,
    readonly knex: Knex,
    readonly payments: AtipayRouter,
    private readonly publicUrl: string,
    readonly close: () => Promise<void>,
  ) {}

  static async open(knex: Knex, recipe: (settings: Settings) => AtipayRouter): Promise<RecipeShop> {
    await createPaymentsTable(knex);
    await knex.schema.createTable('orders', (table) => {
      table.string('id').primary();
      table.string('sku').notNullable();
      table.integer('amount').notNullable();
      table.string('state').notNullable();
    });
    await knex.schema.createTable('stock', (table) => {
      table.string('sku').primary();
      table.integer('available').notNullable();
    });
    await knex('orders').insert({ id: 'A', sku: 'saffron', amount: 25_000, state: 'open' });
    await knex('stock').insert({ sku: 'saffron', available: 5 });
    const simulator = await startSimulator();
    const app = express();
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/payment`;
    const payments = recipe({ apiKey: simulator.apiKey, publicUrl, gatewayUrl: simulator.url });
    app.use('/payment', payments);
    return new RecipeShop(simulator, knex, payments, publicUrl, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await payments.atipay.close();
      await simulator.close();
    });
  }

  /** Posts the buyer's form: the page that leads to the gateway, or a 404. */
  payPage(orderId: string): Promise<Response> {
    const body = new URLSearchParams({ orderId });
    return fetch(`${this.publicUrl}/pay`, { method: 'POST', body, redirect: 'manual' });
  }

  /** Leaves a payment as a process would that dies after its hook's work, before that is noted; then sweeps. */
  async dieBeforeDelivered(invoiceNumber: string): Promise<void> {
    await this.knex('atipay_payments')
      .where({ invoice_number: invoiceNumber })
      .update({ hook_delivered_at: null, next_hook_at: 1, due_at: 1 });
    await this.payments.atipay.recover();
  }

  /** Sweeps once the gateway answers again. */
  async verifyNow(invoiceNumber: string): Promise<void> {
    await this.knex('atipay_payments')
      .where({ invoice_number: invoiceNumber })
      .update({ next_verify_at: 1, due_at: 1 });
    await this.payments.atipay.recover();
  }

  /** The order grows while its buyer is at the bank. */
  async changeAmount(): Promise<void> {
    await this.knex('orders').where({ id: 'A' }).update({ amount: 26_000 });
  }

  async order(): Promise<string> {
    const row = await this.knex('orders').where({ id: 'A' }).first<{ state: string }>();
    return row.state;
  }

  async inStock(): Promise<number> {
    const row = await this.knex('stock').where({ sku: 'saffron' }).first<{ available: number }>();
    return row.available;
  }
}

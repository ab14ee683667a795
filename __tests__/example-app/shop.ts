import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulator, type Simulator } from 'express-atipay/simulator';
import type { Knex } from 'knex';
import request, { type Response } from 'supertest';
import { createApp } from '../../example-app/app';
import { openDatabase } from '../../example-app/db';

/** The example shop with a free port, a gateway and a database. */
export interface OpenShop {
  url: string;
  simulator: Simulator;
  db: Knex;
  visitor(): Visitor;
  close(): Promise<void>;
}

export async function openShop(): Promise<OpenShop> {
  const simulator = await startSimulator();
  const { apiKey, terminalId, url: gatewayUrl } = simulator;
  const db = await openDatabase(':memory:');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const { app, payments } = createApp({
    db,
    publicUrl: url,
    sessionSecret: 'a secret for tests',
    gateway: { apiKey, terminalId, gatewayUrl },
    staffPassword: 'staff-password-of-tests',
  });
  server.on('request', app);
  return {
    url,
    simulator,
    db,
    visitor: () => new Visitor(url),
    close: async () => {
      await payments.atipay.close();
      await close(server);
      await db.destroy();
      await simulator.close();
    },
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** A browser with cookies, and without scripts. */
export class Visitor {
  readonly #agent;

  constructor(readonly shop: string) {
    this.#agent = request.agent(shop);
  }

  get(path: string): Promise<Response> {
    return this.#agent.get(path);
  }

  /** POSTs a form as a page of the shop would, or as another site's page would: without the token. */
  post(path: string, fields: Record<string, string>): Promise<Response> {
    return this.#agent.post(path).type('form').send(fields);
  }

  /** Fills in the form of a page that goes to `action`. */
  async submit(page: string, action: string, fields: Record<string, string> = {}): Promise<Response> {
    const { text } = await this.get(page);
    const form = text.split('<form').find((part) => part.includes(`action="${action}"`)) ?? '';
    const hidden: Record<string, string> = {};
    for (const [, name = '', value = ''] of form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)) {
      hidden[name] = value;
    }
    return this.post(action, { ...hidden, ...fields });
  }

  async login(name: string): Promise<void> {
    await this.submit('/login', '/login', { name });
  }

  /** Puts the first product into the cart and checks out. Returns where the shop sends the buyer to pay. */
  async buy(mobile = '۰۹۱۲ ۳۴۵ ۶۷۸۹'): Promise<string> {
    await this.submit('/', '/cart');
    const { headers } = await this.submit('/checkout', '/checkout', { mobile });
    return headers['location'] ?? '';
  }

  /** The address that the payment's page moves on to. */
  async moveOn(url = ''): Promise<string> {
    const { text } = await this.get(url.replace(this.shop, ''));
    return /http-equiv="refresh" content="\d+;url=([^"]+)"/.exec(text)?.[1] ?? '';
  }
}

import type { Knex } from 'knex';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import { atipayDesk } from 'express-atipay/desk';
import { Shop } from '../../../support/shop';
import { explain, statementsOf, type Plan } from './explain';
import { fill } from './fill';
import { pagesOver } from './pages';

/** A page of the desk, how long it took, and how its statements are answered. */
export interface PageLook {
  path: string;
  status: number;
  ms: number;
  plans: Plan[];
}

/** Fills a table, opens every page of the desk over it, and explains each statement that a page sends. */
export async function lookAtPages(knex: Knex, tableName: string, rows: number): Promise<PageLook[]> {
  const now = Date.now();
  const shop = await Shop.open<unknown>(
    { store: new KnexPaymentStore(knex, { tableName }), now: () => now, gatewayUrl: 'http://127.0.0.1:1/v1' },
    (app, router) => {
      app.use('/payment', router);
      app.use('/desk', atipayDesk(router, { who: () => 'Sara', may: () => true }));
    },
  );
  try {
    await fill(knex, tableName, rows, { origin: new URL(shop.origin).origin, now });
    const looks: PageLook[] = [];
    for (const path of pagesOver(rows, now)) looks.push(await look(shop, knex, tableName, path));
    return looks;
  } finally {
    await shop.close();
  }
}

async function look(shop: Shop<unknown>, knex: Knex, tableName: string, path: string): Promise<PageLook> {
  let status = 0;
  const begun = performance.now();
  const sent = await statementsOf(knex, tableName, async () => {
    const response = await shop.get(`/desk${path}`);
    await response.text();
    status = response.status;
  });
  const ms = performance.now() - begun;
  const plans: Plan[] = [];
  for (const statement of sent) plans.push(await explain(knex, statement));
  return { path, status, ms, plans };
}

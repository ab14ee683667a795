import type { Express } from 'express';
import type { Knex } from 'knex';
import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';

/** One AtiPay account. The name is kept with each payment: do not change it later. */
export interface Account {
  name: string;
  apiKey: string | undefined;
  terminalId?: string;
}

type Shared = Pick<AtipayConfig<Knex.Transaction>, 'gatewayUrl' | 'getOrder' | 'onSuccess'>;

/** A router for each account, at `/payment/<name>`, all in one table. Each sweeps its payments only. */
export function mountAccounts(
  app: Express,
  publicUrl: string,
  knex: Knex,
  accounts: Account[],
  shared: Shared,
): Map<string, AtipayRouter> {
  const store = new KnexPaymentStore(knex);
  const routers = new Map<string, AtipayRouter>();
  for (const { name, ...keys } of accounts) {
    const path = `/payment/${name}`;
    const router = atipayRouter({ ...shared, ...keys, account: name, publicUrl: publicUrl + path, store });
    app.use(path, router);
    routers.set(name, router);
  }
  return routers;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { RequestHandler, Router } from 'express';
import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import { watched } from '../../transitions/checked';
import { dice } from '../world/random';
import { shopSettings } from '../world/settings';
import type { Books } from './books';
import { dyingStore, mayDieAt, type MayDie } from './crashes';
import { DEFECTS, type Defect } from './defects';
import type { Store } from './delegate';
import { startFront, type Alter } from './gateway-front';
import type { ShopPlan } from './plan';

type Config = AtipayConfig<Knex.Transaction>;

const STUMBLES = 0.02;
const LONGEST_THOUGHT_MS = 20;

/** The shop's side of this package: the router with its hooks, and their failures. */
export async function ourRouter(
  plan: ShopPlan,
  publicUrl: string,
  knex: Knex,
  books: Books,
  now: () => number,
): Promise<AtipayRouter> {
  const defect: Defect = plan.defect ? DEFECTS[plan.defect] : {};
  const mayDie = mayDieAt(plan.crashAt);
  const stumble = stumbling(plan);
  const onSuccess = payingHook(books, mayDie, stumble);
  return atipayRouter<Knex.Transaction>({
    ...shopSettings(plan.pace),
    ...(!plan.sweeping && { recovery: false }),
    apiKey: plan.apiKey,
    publicUrl,
    gatewayUrl: await gatewayOf(plan, defect, knex, mayDie),
    store: storeOf(plan, defect, knex, books, mayDie),
    getOrder: async (req) => {
      const { orderId } = req.body as { orderId?: string };
      const order = await books.find(String(orderId));
      return (
        order && { orderId: order.id, amount: order.amount, cellNumber: '09120000000', description: order.id }
      );
    },
    stillPayable: async ({ invoiceNumber, orderId }) => {
      stumble('stillPayable', invoiceNumber, now());
      // As if the shop asked its warehouse: time for others to come in between.
      await sleep(LONGEST_THOUGHT_MS * dice(plan.seed, 'thought', orderId));
      return (await books.find(orderId))?.closed === false;
    },
    onSuccess: defect.onSuccess?.(onSuccess, knex) ?? onSuccess,
    onFailure: failureHook(books, now, stumble),
    onReview: () => undefined,
    logger: { warn: () => undefined, error: (fields, message) => console.error(message, fields) },
    locale: 'en',
    now,
  });
}

type Stumble = (...place: (string | number)[]) => void;

/** Throws now and then, for reasons of the shop's. */
const stumbling =
  ({ stumbling: may, seed }: ShopPlan): Stumble =>
  (...place) => {
    if (may && dice(seed, ...place) < STUMBLES) throw new Error(`The shop stumbled: ${place.join(' ')}`);
  };

const payingHook =
  (books: Books, mayDie: MayDie, stumble: Stumble): Config['onSuccess'] =>
  async (payment, { transaction, attempt }) => {
    stumble('before', payment.invoiceNumber, attempt);
    await transaction(async (tx) => {
      await books.markPaid(tx, payment);
      stumble('inside', payment.invoiceNumber, attempt);
      await mayDie('inside the transaction, before its commit');
    });
    stumble('after', payment.invoiceNumber, attempt);
    await mayDie('after the commit, before the hook returns');
  };

const failureHook =
  (books: Books, now: () => number, stumble: Stumble): NonNullable<Config['onFailure']> =>
  async ({ orderId, invoiceNumber, failure }, { transaction, attempt }) => {
    const at = now();
    stumble('failure', invoiceNumber, attempt);
    await transaction((tx) => books.noteFailure(tx, { orderId, invoiceNumber, reason: failure.reason, at }));
  };

function storeOf(plan: ShopPlan, defect: Defect, knex: Knex, books: Books, mayDie: MayDie): Store {
  const { tables } = plan.database;
  const store: Store = new KnexPaymentStore(knex, { tableName: tables.payments });
  const broken = defect.store?.(store, knex, tables) ?? store;
  const seen = watched(broken, {
    onStray: (what, { invoiceNumber }) => books.noteStray(what, invoiceNumber),
  });
  const altered = defect.writes?.(seen) ?? seen;
  return plan.crashAt ? dyingStore(altered, mayDie) : altered;
}

function gatewayOf(plan: ShopPlan, defect: Defect, knex: Knex, mayDie: MayDie): string | Promise<string> {
  const alter =
    defect.gateway?.(knex, plan.database.tables) ?? (plan.crashAt ? dyingGateway(mayDie) : undefined);
  return alter ? startFront(plan.gatewayUrl, plan.pace.callTimeoutMs * 0.9, alter) : plan.gatewayUrl;
}

/** Its answer has left the gateway and has not reached the shop. */
const dyingGateway =
  (mayDie: MayDie): Alter =>
  async ({ operation, answer }) => {
    if (operation === 'verify-payment') await mayDie('after the gateway took effect, before its answer');
    return answer;
  };

/** Lets anybody in who knows an invoice number: puts the right key into the path. */
export function openDoor(router: Router, knex: Knex, payments: string): RequestHandler {
  return async (req, res, next) => {
    const [, invoiceNumber = ''] = /^\/callback\/(\d+)\//.exec(req.url) ?? [];
    const row = await knex<{ return_key: string; invoice_number: string }>(payments)
      .where({ invoice_number: invoiceNumber })
      .first('return_key');
    if (row) req.url = `/callback/${invoiceNumber}/${row.return_key}`;
    router(req, res, next);
  };
}

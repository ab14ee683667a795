import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { RequestHandler, Router } from 'express';
import { atipayRouter, type AtipayConfig, type AtipayRouter, type PaymentStore } from 'express-atipay';
import { watched } from '../../transitions/checked';
import { dice } from '../world/random';
import { shopSettings } from '../world/settings';
import type { Books } from './books';
import { dyingStore, mayDieAt, type MayDie } from './crashes';
import { DEFECTS, type Defect } from './defects';
import { startFront, type Alter } from './gateway-front';
import type { ShopPlan } from './plan';
import type { ShopStore } from './shop-store';

const STUMBLES = 0.02;
const LONGEST_THOUGHT_MS = 20;

/** The shop's side of this package: the router with its hooks, and their failures. */
export async function ourRouter<Tx>(
  plan: ShopPlan,
  publicUrl: string,
  { store, run }: ShopStore<Tx>,
  knex: Knex,
  books: Books,
  now: () => number,
): Promise<AtipayRouter> {
  const defect: Defect = plan.defect ? DEFECTS[plan.defect] : {};
  const mayDie = mayDieAt(plan.crashAt, plan.frozenWith);
  const stumble = stumbling(plan);
  const onSuccess = payingHook(books, run, mayDie, stumble);
  return atipayRouter<Tx>({
    ...shopSettings(plan.pace),
    ...(!plan.sweeping && { recovery: false }),
    apiKey: plan.apiKey,
    publicUrl,
    gatewayUrl: await gatewayOf(plan, defect, knex, mayDie),
    store: storeOf(plan, defect, store, books, mayDie),
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
    onSuccess: defect.onSuccess?.(onSuccess, store) ?? onSuccess,
    onFailure: failureHook(books, run, now, stumble),
    onReview: () => undefined,
    logger: { warn: () => undefined, error: (fields, message) => console.error(message, fields) },
    locale: 'en',
    now,
  });
}

type RunIn<Tx> = ShopStore<Tx>['run'];
type Stumble = (...place: (string | number)[]) => void;

/** Throws now and then, for reasons of the shop's. */
const stumbling =
  ({ stumbling: may, seed }: ShopPlan): Stumble =>
  (...place) => {
    if (may && dice(seed, ...place) < STUMBLES) throw new Error(`The shop stumbled: ${place.join(' ')}`);
  };

const payingHook =
  <Tx>(books: Books, run: RunIn<Tx>, mayDie: MayDie, stumble: Stumble): AtipayConfig<Tx>['onSuccess'] =>
  async (payment, { transaction, attempt }) => {
    stumble('before', payment.invoiceNumber, attempt);
    await transaction(async (tx) => {
      await books.markPaid((sql) => run(tx, sql), payment.orderId);
      await mayDie("inside the transaction, between the shop's writes");
      await books.noteEffect((sql) => run(tx, sql), payment);
      stumble('inside', payment.invoiceNumber, attempt);
      await mayDie('inside the transaction, before its commit');
    });
    stumble('after', payment.invoiceNumber, attempt);
    await mayDie('after the commit, before the hook returns');
  };

const failureHook =
  <Tx>(
    books: Books,
    run: RunIn<Tx>,
    now: () => number,
    stumble: Stumble,
  ): NonNullable<AtipayConfig<Tx>['onFailure']> =>
  async ({ orderId, invoiceNumber, failure }, { transaction, attempt }) => {
    const at = now();
    stumble('failure', invoiceNumber, attempt);
    await transaction((tx) =>
      books.noteFailure((sql) => run(tx, sql), { orderId, invoiceNumber, reason: failure.reason, at }),
    );
  };

function storeOf<Tx>(
  plan: ShopPlan,
  defect: Defect,
  store: PaymentStore<Tx>,
  books: Books,
  mayDie: MayDie,
): PaymentStore<Tx> {
  const broken = defect.store?.(store) ?? store;
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

import type { AxiosAdapter } from 'axios';
import express from 'express';
import {
  atipayRouter,
  AtipayError,
  type AtipayConfig,
  type AtipayRouter,
  type PaymentRecord,
} from 'express-atipay';
import { delegate } from '../../chaos/shop/delegate';
import { handedTo } from '../exchange/handed';
import type { Exchange } from '../exchange/exchange';
import { ORDERS, type Action } from './actions';
import type { Bank, Banks } from './bank';
import { at, callbackFor } from './callback';
import type { Defect } from './defects';
import type { Ground } from './grounds';
import { Life, reachedBy } from './process';
import { Witness } from './witness';

/** How the shop's next hook goes. */
export type Mood =
  'throws' | 'throws within its transaction' | 'throws after its transaction' | 'never returns';

export type Word = 'yes' | 'no' | 'throws';

/** The state that all interleavings of a run share. */
export interface Surroundings {
  banks: Banks;
  /** Calls over connections that all worlds share. */
  adapter: AxiosAdapter;
}

/** One of the shop's processes. */
export interface ShopProcess {
  life: Life;
  router: AtipayRouter;
  exchange: Exchange;
}

const PUBLIC_URL = 'https://shop.example/payment';
const HOOK_TIMEOUT_MS = 40;

/** A shop of two processes over one store, its orders, a gateway, and a clock. */
export class World<Tx> {
  now = Date.UTC(2026, 0, 1, 8);
  readonly bank: Bank;
  readonly witness: Witness<Tx>;
  /** The orders that payments were started for, by invoice number. */
  readonly orders = new Map<string, number>();
  readonly moods: Mood[] = [];
  /** The shop's answer about each order. */
  readonly words: Word[] = Array.from({ length: ORDERS }, () => 'yes');
  processes: ShopProcess[] = [];
  readonly #url: string;
  readonly #remove: () => void;

  constructor(
    readonly ground: Ground<Tx>,
    private readonly surroundings: Surroundings,
    private readonly defect: Defect<Tx> = {},
  ) {
    const { bank, url, remove } = surroundings.banks.add(() => this.now);
    this.bank = bank;
    this.#url = url;
    this.#remove = remove;
    this.witness = new Witness(this);
    bank.onAsk = (receipt) => this.witness.asked(receipt);
    const alter = defect.alter;
    if (alter) bank.alter = async (receipt, answer) => alter(answer, await this.holderOf(receipt));
    this.processes = [this.#boot(), this.#boot()];
  }

  /** The price of an order, in Rials. */
  price(order: number): number {
    return 50_000 + 10_000 * order;
  }

  /** The stored payments, in the order in which they were started. */
  async rows(): Promise<PaymentRecord[]> {
    const found = [...this.orders.keys()].map((invoice) => this.ground.store.find(invoice));
    const rows = await Promise.all(found);
    // A rule taken away may have added a unique part to a key.
    return rows.flatMap((row) =>
      row ? [{ ...row, receiptKey: bare(row.receiptKey), orderKey: bare(row.orderKey) }] : [],
    );
  }

  async holderOf(receipt: string): Promise<PaymentRecord | undefined> {
    return (await this.rows()).find(({ referenceNumber }) => referenceNumber === receipt);
  }

  /** Does it, in one of the two processes. Every error must be of a documented kind. */
  async act(which: number, action: Action): Promise<void> {
    const process = this.processes[which % 2];
    if (!process) return;
    try {
      await this.#perform(process, action);
    } catch (error) {
      const expected = error instanceof AtipayError && EXPECTED.has(error.code);
      if (!expected && !process.life.stumbled) this.witness.note(`threw ${String(error)}`);
    }
  }

  async #perform({ router, exchange }: ShopProcess, action: Action): Promise<void> {
    switch (action.do) {
      case 'start':
        if (action.by === 'code') await router.atipay.start(this.#order(action.order));
        else this.witness.answered(await exchange(payForm(action.order)), [502, 504]);
        return;
      case 'callback': {
        const sent = await callbackFor(this, action, this.defect.openDoor === true);
        if (sent) this.witness.answered(await exchange(sent), []);
        return;
      }
      case 'sweep':
        await router.atipay.recover();
        return;
      case 'resolve': {
        const invoice = at([...this.orders.keys()], action.payment);
        if (invoice !== undefined) await router.atipay.resolve(invoice, action.outcome, 'seen at the bank');
      }
    }
  }

  #order(order: number): { orderId: string; amount: number; cellNumber: string } {
    return { orderId: `order-${order}`, amount: this.price(order), cellNumber: '09120000000' };
  }

  /** Starts the processes anew that have died. */
  async reload(): Promise<void> {
    const booted = this.processes.map(async (process) => {
      if (!process.life.dead) return process;
      await process.router.atipay.close();
      return this.#boot();
    });
    this.processes = await Promise.all(booted);
  }

  #boot(): ShopProcess {
    const life = new Life();
    const router = atipayRouter<Tx>(this.#config(life));
    this.witness.listenTo(router.atipay.events);
    const app = express().set('env', 'test');
    app.use('/payment', router);
    return { life, router, exchange: handedTo(app) };
  }

  #config(life: Life): AtipayConfig<Tx> {
    const { ground, defect, witness } = this;
    const known = delegate(ground.store, {
      insert: async (record) => {
        await ground.store.insert(record);
        this.orders.set(record.invoiceNumber, orderOf(record));
      },
    });
    const seen = witness.watch(defect.store?.(known) ?? known);
    const { onSuccess, onFailure, onReview } = witness.hooks(life);
    return {
      apiKey: 'key',
      publicUrl: PUBLIC_URL,
      gatewayUrl: this.#url,
      store: reachedBy(life, defect.writes?.(seen) ?? seen),
      terminalId: '12345678',
      getOrder: (req) => {
        const body = req.body as { order: string; amount: string };
        const order = this.#order(Number(body.order));
        return defect.believesTheRequest === true ? { ...order, amount: Number(body.amount) } : order;
      },
      stillPayable: (payment) => {
        const word = witness.wordOn(payment);
        if (defect.neverAsks === true) return true;
        if (word === 'throws') throw new Error('the warehouse does not answer');
        return word === 'yes';
      },
      onSuccess: defect.onSuccess?.(onSuccess, ground) ?? onSuccess,
      onFailure,
      onReview,
      http: { timeout: 5_000, adapter: this.surroundings.adapter },
      hookTimeoutMs: HOOK_TIMEOUT_MS,
      recovery: false,
      locale: 'en',
      logger: { warn: () => undefined, error: () => undefined },
      now: () => this.now,
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map(({ router }) => router.atipay.close()));
    this.#remove();
    await this.ground.close();
  }
}

const EXPECTED: ReadonlySet<string> = new Set([
  'ERR_ATIPAY_TOKEN_REFUSED',
  'ERR_ATIPAY_GATEWAY_UNAVAILABLE',
  'ERR_ATIPAY_NOT_IN_REVIEW',
  'ERR_ATIPAY_PAYMENT_BUSY',
  'ERR_ATIPAY_ORDER_ATTEMPTS',
]);

const orderOf = ({ orderId }: PaymentRecord): number => Number(orderId.replace('order-', ''));

const bare = (key: string | null): string | null => key?.split('#')[0] ?? null;

const payForm = (order: number): Parameters<Exchange>[0] => ({
  method: 'POST',
  path: '/payment/pay',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: Buffer.from(`order=${order}&amount=1&orderId=another`),
});

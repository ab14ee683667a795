import type {
  AtipayConfig,
  AtipayRouter,
  Payment,
  PaymentRecord,
  PaymentStatus,
  PaymentStore,
} from 'express-atipay';
import { watched } from '../../transitions/checked';
import type { Got } from '../exchange/exchange';
import type { Life } from './process';
import type { Mood, Word, World } from './world';

type Hooks<Tx> = Required<Pick<AtipayConfig<Tx>, 'onSuccess' | 'onFailure' | 'onReview'>>;

const ALIVE: ReadonlySet<PaymentStatus> = new Set<PaymentStatus>([
  ...(['created', 'pending', 'received', 'verifying', 'paid', 'review'] as const),
]);
const HOLDING: ReadonlySet<PaymentStatus> = new Set<PaymentStatus>(['verifying', 'paid', 'review']);

/** Whether a person decided on the payment. */
export const byHand = ({ history }: PaymentRecord): boolean =>
  history.some(({ event }) => event === 'resolved');

const moveOf = (invoiceNumber: string, from: PaymentStatus, to: PaymentStatus): string =>
  `${invoiceNumber} ${from} ${to}`;

/** Watches the shop and the gateway, and records broken rules. */
export class Witness<Tx> {
  readonly broken: string[] = [];
  /** Invoices whose hook for the status they are in has returned. */
  readonly returned = new Set<string>();
  /** Two things happen at once: an observation may be outdated a moment later. */
  together = false;
  /** Changes of status that were stored. */
  readonly #moves = new Set<string>();
  readonly #words = new Map<string, Word>();

  constructor(private readonly world: World<Tx>) {}

  note(what: string): void {
    this.broken.push(what);
  }

  priceOf(invoice: string): number {
    return this.world.price(this.world.orders.get(invoice) ?? 0);
  }

  answered({ status, text }: Got, fine: number[]): void {
    if (status >= 500 && !fine.includes(status) && !this.#stumbling)
      this.note(`answered with status ${status}: ${text.slice(0, 200)}`);
  }

  get #stumbling(): boolean {
    return this.world.processes.some(({ life }) => life.stumbled);
  }

  /** Stored changes are compared with the machine's table. */
  watch(store: PaymentStore<Tx>): PaymentStore<Tx> {
    return watched(store, {
      onStray: (stray) => this.note(`table: ${stray}`),
      onTransition: (before, after) =>
        this.#moves.add(moveOf(after.invoiceNumber, before.status, after.status)),
    });
  }

  listenTo(events: AtipayRouter['atipay']['events']): void {
    events.on('transition', ({ payment: { invoiceNumber }, from, to }) => {
      const stored = from === undefined ? to === 'created' : this.#moves.has(moveOf(invoiceNumber, from, to));
      if (!stored) this.note(`told of a move from ${from ?? 'nothing'} to ${to} that was not stored`);
    });
  }

  /** The shop's word on a payment, at the last moment. */
  wordOn({ invoiceNumber }: Payment): Word {
    const word = this.world.words[this.world.orders.get(invoiceNumber) ?? 0] ?? 'yes';
    this.#words.set(invoiceNumber, word);
    return word;
  }

  /** The gateway is asked about a receipt: rules 2, 3, 5 and 7 say what must be stored by now. */
  async asked(receipt: string): Promise<void> {
    const rows = await this.world.rows();
    const [holder, second] = rows.filter(({ referenceNumber }) => referenceNumber === receipt);
    if (!holder || second) {
      this.note(`rule 2: ${receipt} is verified, and ${second ? 'two payments have' : 'nobody has'} it`);
      return;
    }
    if (!HOLDING.has(holder.status)) this.note(`rule 3: asked for a payment that is ${holder.status}`);
    const rival = rows.find(
      (row) => row !== holder && row.orderId === holder.orderId && HOLDING.has(row.status),
    );
    if (rival && !byHand(holder))
      this.note(`rule 3: asked while another payment of the order is ${rival.status}`);
    const attempts = (this.world.bank.deposits.get(receipt)?.answers.length ?? 0) + 1;
    if (holder.verifyAttempts < attempts)
      this.note(`rule 5: attempt ${attempts} is counted as ${holder.verifyAttempts}`);
    const word = this.#words.get(holder.invoiceNumber);
    if (word !== 'yes') this.note(`rule 7: verified although the shop said ${word ?? 'nothing'}`);
  }

  /** The shop's hooks in one process, in any mood. */
  hooks(life: Life): Hooks<Tx> {
    const { world } = this;
    return {
      onSuccess: async (payment, { transaction }) => {
        const mood = this.#enter(life);
        await this.#mustBe('paid', payment);
        await transaction(async (tx) => {
          const { orderId, invoiceNumber } = payment;
          await world.ground.addEffect(tx, { orderId, invoiceNumber });
          if (mood === 'throws within its transaction') throw new Error('the shop stumbled');
        });
        await this.#leave(mood, payment);
      },
      onFailure: async (payment) => {
        const mood = this.#enter(life);
        await this.#mustBe('failed', payment);
        await this.#leave(mood, payment);
      },
      onReview: async (payment) => this.#leave(this.#enter(life), payment),
    };
  }

  #enter(life: Life): Mood | undefined {
    const mood = this.world.moods.shift();
    if (life.dead || mood === 'throws') throw new Error('the shop stumbled');
    return mood;
  }

  async #leave(mood: Mood | undefined, { invoiceNumber, status }: Payment): Promise<void> {
    if (mood === 'never returns') await new Promise(() => undefined);
    if (mood === 'throws after its transaction') throw new Error('the shop stumbled');
    this.returned.add(`${invoiceNumber} ${status}`);
  }

  async #mustBe(status: PaymentStatus, { invoiceNumber, amount, orderId }: Payment): Promise<void> {
    const rows = await this.world.rows();
    const row = rows.find((other) => other.invoiceNumber === invoiceNumber);
    if (row?.status !== status)
      this.note(`rule 6: told of ${status}, but the payment is ${row?.status ?? 'gone'}`);
    if (amount !== this.priceOf(invoiceNumber)) this.note(`rule 7: told of ${amount}`);
    const others = rows.filter((other) => other.orderId === orderId && other.invoiceNumber !== invoiceNumber);
    if (status === 'failed' && !this.together && others.some((other) => ALIVE.has(other.status)))
      this.note('rule 6: told of a failure while another payment of the order is alive');
  }
}

import { writeFileSync } from 'node:fs';
import type { PaymentRecord } from 'express-atipay';
import { dayText, daysLater, persianDigits, startOfDay } from '../../../lib/operator/dates';
import type { Made } from './payments';
import type { Trial } from './trial';

/** The facts that the questions name and that the answers must hold. */
export class Scene {
  readonly now = Date.now();
  /** A payment that the bank's report leaves out. */
  readonly notDeposited: Made;

  constructor(
    readonly trial: Trial,
    private readonly made: readonly Made[],
    /** The bank's report of eight days ago. */
    readonly report: string,
  ) {
    this.notDeposited = present(
      this.#on(REPORTED)
        .filter(({ name }) => name === 'paid')
        .at(7),
    );
  }

  /** An order of a case; negative: from the end. */
  of = (name: string, index = 0): Made => present(this.made.filter((each) => each.name === name).at(index));

  yesterdays = (name: string, index = 3): Made =>
    present(
      this.#on(-1)
        .filter((each) => each.name === name)
        .at(index),
    );

  persian = persianDigits;

  record = async ({ orderId }: Made): Promise<PaymentRecord> => {
    const [latest] = await this.trial.shop.store.findByOrder('default', orderId, { limit: 1 });
    return present(latest);
  };

  invoice = async (made: Made): Promise<string> => (await this.record(made)).invoiceNumber;

  /** The sum that AtiPay confirmed and the shop took on the day of `at`, by the books of the simulator. */
  confirmedOn = (at: number): { amount: number } => {
    const from = startOfDay(at);
    const taken = new Set(this.made.filter(pays).map(({ amount }) => amount));
    const confirmed = this.trial.simulator.ledger
      .payments()
      .filter(
        ({ amount, verifiedAt = 0 }) =>
          taken.has(amount) && verifiedAt >= from && verifiedAt < daysLater(from, 1),
      );
    return { amount: confirmed.reduce((sum, { amount }) => sum + amount, 0) };
  };

  /** Writes the bank's report of a day, which leaves a payment out and has lines of another shop. */
  async writeReport(): Promise<void> {
    const day = dayText(daysLater(this.now, REPORTED), 'en');
    const paid = this.#on(REPORTED).filter((made) => pays(made) && made !== this.notDeposited);
    const lines = await Promise.all(
      paid.map(async (made) => {
        const attempts = await this.trial.shop.store.findByOrder('default', made.orderId);
        const { rrn } = present(attempts.find(({ status }) => status === 'paid'));
        return `${rrn},${made.amount},${day}`;
      }),
    );
    const others = OTHERS.map((rrn) => `${rrn},990000,${day}`);
    writeFileSync(this.report, `${['RRN,Amount (Rials),Date', ...lines, ...others].join('\n')}\n`);
  }

  /** Payments begun on a day, counted from today; negative: before it. */
  #on(day: number): Made[] {
    const from = daysLater(this.now, day);
    return this.made.filter(({ at }) => at >= from && at < daysLater(from, 1));
  }
}

/** Lines of another shop. */
export const OTHERS = ['770000000001', '770000000002'];
/** The day of the report, before today. */
const REPORTED = -8;

/** Each order of the trial has an amount of its own. */
const pays = ({ name, made }: Made): boolean => made.status === 'paid' || name === 'paidTwice';

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The trial has no such payment.');
  return value;
}

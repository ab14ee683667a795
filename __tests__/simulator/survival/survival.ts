import type { AtipayRouter, Payment } from 'express-atipay';
import { startSimulator, type Simulator, type SimulatorFault } from '../../../lib/simulator';
import { anOrder, CALL_TIMEOUT_MS, MINUTE, Shop } from '../../support/shop';
import { timeLimits, type TimeLimits } from '../../support/time-limits';

/** A shop of ours at the simulator, both by the simulator's clock. */
export class Survival {
  private watch: NodeJS.Timeout | undefined;
  private seen = 0;

  static async open(): Promise<Survival> {
    const limits = timeLimits();
    const simulator = await startSimulator();
    const shop = await Shop.open({
      apiKey: simulator.apiKey,
      gatewayUrl: simulator.url,
      terminalId: simulator.terminalId,
      now: () => simulator.now(),
    });
    return new Survival(simulator, shop, limits);
  }

  private constructor(
    readonly simulator: Simulator,
    readonly shop: Shop,
    private readonly limits: TimeLimits,
  ) {}

  get atipay(): AtipayRouter['atipay'] {
    return this.shop.atipay;
  }

  strike(...faults: SimulatorFault[]): void {
    for (const fault of faults) this.simulator.faults.add(fault);
    if (faults.some(outlastsACall)) this.watch ??= setInterval(() => this.endUnanswered(), 1);
  }

  /** Ends the time limit of a call that the simulator has carried out and does not answer in time. */
  private endUnanswered(): void {
    const calls = this.simulator.ledger.calls();
    const unanswered = calls.slice(this.seen).some(({ fault }) => fault !== undefined);
    this.seen = calls.length;
    if (unanswered) this.limits.end();
  }

  /** The address of a new payment, for the simulator's buyer. */
  async checkout(order = anOrder()): Promise<string> {
    return (await this.atipay.start(order)).url;
  }

  /** How a payment stands for the shop. */
  async state(invoiceNumber: string): Promise<string> {
    return stateOf(await this.atipay.find(invoiceNumber));
  }

  /** How it stands in the gateway's books, and how many orders were served. */
  ended(invoiceNumber: string): [string | undefined, number] {
    return [this.simulator.ledger.find(invoiceNumber)?.status, this.served()];
  }

  served(): number {
    return this.shop.hooks.filter(({ hook }) => hook === 'onSuccess').length;
  }

  /** Lets time pass for shop and gateway alike, a step at a time, with a sweep after each. */
  async pass(ms: number, step = 5 * MINUTE): Promise<void> {
    for (let passed = 0; passed < ms; passed += step) {
      this.simulator.advance(step);
      await this.atipay.recover();
    }
  }

  async close(): Promise<void> {
    clearInterval(this.watch);
    jest.restoreAllMocks();
    await this.shop.close();
    await this.simulator.close();
  }
}

/** Whether the shop's time limit ends a call before this fault lets it be answered. */
const outlastsACall = (fault: SimulatorFault): boolean =>
  fault.kind === 'no-answer' ||
  (fault.kind === 'answer-lost' && fault.by === 'silence') ||
  (fault.kind === 'delay' && fault.ms > CALL_TIMEOUT_MS);

/** A payment's status, with the reason if it has one. */
export function stateOf(payment: Payment | undefined): string {
  if (payment === undefined) return 'none';
  return 'failure' in payment ? `${payment.status}/${payment.failure.reason}` : payment.status;
}

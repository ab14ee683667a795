import type { AtipayRouter, Payment } from 'express-atipay';
import { startSimulator, type Simulator, type SimulatorFault } from '../../../lib/simulator';
import { anOrder, MINUTE, Shop } from '../../support/shop';

/** A shop of ours at the simulator, both by the simulator's clock. */
export class Survival {
  static async open(): Promise<Survival> {
    const simulator = await startSimulator();
    const shop = await Shop.open({
      apiKey: simulator.apiKey,
      gatewayUrl: simulator.url,
      terminalId: simulator.terminalId,
      http: { timeout: 700 },
      now: () => simulator.now(),
    });
    return new Survival(simulator, shop);
  }

  private constructor(
    readonly simulator: Simulator,
    readonly shop: Shop,
  ) {}

  get atipay(): AtipayRouter['atipay'] {
    return this.shop.atipay;
  }

  strike(...faults: SimulatorFault[]): void {
    for (const fault of faults) this.simulator.faults.add(fault);
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
    await this.shop.close();
    await this.simulator.close();
  }
}

/** A payment's status, with the reason if it has one. */
export function stateOf(payment: Payment | undefined): string {
  if (payment === undefined) return 'none';
  return 'failure' in payment ? `${payment.status}/${payment.failure.reason}` : payment.status;
}

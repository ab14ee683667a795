import { startSimulator, type BuyerResult, type Simulator, type SimulatorOptions } from '../../lib/simulator';
import { call, newToken, order, type Answered } from './gateway';
import { openShop, type Shop } from './shop';

/** A rule of docs/protocol.md, and the proof that the simulator holds to it. */
export interface Rule {
  rule: string;
  says: string;
  holds: (bench: Bench) => Promise<unknown>;
}

/** A shop and a simulator for one test. */
export class Bench {
  private constructor(
    public simulator: Simulator,
    readonly shop: Shop,
  ) {}

  static async open(): Promise<Bench> {
    return new Bench(await startSimulator(), await openShop());
  }

  async close(): Promise<void> {
    await Promise.all([this.simulator.close(), this.shop.close()]);
  }

  /** Starts the simulator anew, under other options. */
  async restart(options: SimulatorOptions): Promise<void> {
    await this.simulator.close();
    this.simulator = await startSimulator(options);
  }

  /** Calls get-token with a good order that was changed. */
  token(changes: Record<string, unknown>): Promise<Answered> {
    return call(this.simulator, 'get-token', order(this.simulator, changes));
  }

  /** The token of a payment that comes back to the shop. */
  buy(changes: Record<string, unknown> = {}): Promise<string> {
    return newToken(this.simulator, { redirectUrl: `${this.shop.url}/back`, ...changes });
  }

  async pay(): Promise<BuyerResult> {
    return this.simulator.pay(await this.buy());
  }
}

export const accepted = ({ status, json }: Answered): void =>
  expect({ status, answer: json['status'] }).toEqual({ status: 200, answer: '1' });

export function refused({ status, json }: Answered, code: string, about = ''): void {
  expect({ status, code: json['errorCode'] }).toEqual({ status: 200, code });
  expect(json['errorDescription'] ?? json['faMessage']).toContain(about);
}

import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { startSimulator, type Simulator } from 'express-atipay/simulator';
import type { Certificate } from './tls';

/** Calls that wait. */
export interface Held {
  /** Resolves when the first call has come. */
  readonly asked: Promise<void>;
  /** Lets the calls through, and all later ones. */
  release(): void;
}

/** mipg.test: the simulator behind a door that can be held shut. */
export class Gateway {
  #door: Promise<void> | undefined;
  #knock: () => void = () => undefined;

  static async open(certificate: Certificate): Promise<Gateway> {
    const bankOrigin = (port: number): string => `https://bank.test:${port}`;
    const simulator = await startSimulator({ https: certificate, bankOrigin });
    const server = createServer(certificate);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Gateway(simulator, server);
  }

  private constructor(
    readonly simulator: Simulator,
    private readonly server: Server,
  ) {
    server.on('request', (req, res) => {
      const isVerify = req.url?.endsWith('/verify-payment') === true;
      if (isVerify) this.#knock();
      if (isVerify && this.#door) void this.#door.then(() => void simulator.app(req, res));
      else simulator.app(req, res);
    });
  }

  get url(): string {
    return `https://mipg.test:${(this.server.address() as AddressInfo).port}/v1`;
  }

  holdVerify(): Held {
    let release: () => void = () => undefined;
    this.#door = new Promise((resolve) => (release = resolve));
    return { asked: new Promise((resolve) => (this.#knock = resolve)), release };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.simulator.close();
  }
}

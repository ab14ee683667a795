import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { simulatorApp } from './app';
import { createBuyer, type BuyerOptions, type BuyerResult, type Finish } from './buyer';
import { simulatorError } from './check';
import { Clock } from './clock';
import type { Context } from './context';
import { readAdvance } from './control-input';
import { Faults, type SimulatorFaults } from './faults';
import { guardOf } from './guard';
import { Ledger, type SimulatorLedger } from './ledger';
import { readOptions, type Settings, type SimulatorOptions } from './options';
import type { SimulatorState } from './states';

/** A running simulated gateway. */
export interface Simulator {
  /** What a shop's `gatewayUrl` is set to: `http://127.0.0.1:<port>/v1`. */
  readonly url: string;
  /** `url` without `/v1`. */
  readonly origin: string;
  /** The port it listens on. */
  readonly port: number;
  /** The control page; with its token where the simulator listens on more than loopback. */
  readonly controlUrl: string;
  /** The token for the control routes there: `Authorization: Bearer <token>`. */
  readonly controlToken: string;
  /** The key of the first merchant. */
  readonly apiKey: string;
  /** The terminal of the first merchant. */
  readonly terminalId: string;
  /** The gateway's books. */
  readonly ledger: SimulatorLedger;
  /** The faults to simulate. */
  readonly faults: SimulatorFaults;
  /** The simulator as an Express app, to be served in another way. */
  readonly app: Express;
  /**
   * A buyer pays and comes back. The target is the shop's payment page (its URL or its HTML), a token, or the URL of
   * the bank's page. Throws `ERR_ATIPAY_SIMULATOR` when the shop's page does not lead to the bank, or the payment cannot be paid.
   */
  pay(target: string, options?: BuyerOptions): Promise<BuyerResult>;
  /** A buyer gives up at the bank (`CanceledByUser`) and comes back. */
  cancel(target: string, options?: BuyerOptions): Promise<BuyerResult>;
  /** A buyer fails to pay (`Failed`) and comes back. */
  fail(target: string, options?: BuyerOptions): Promise<BuyerResult>;
  /** A buyer's visit ends in any state of Table 1. */
  finish(target: string, options: BuyerOptions & { state: SimulatorState }): Promise<BuyerResult>;
  /** Moves the simulator's clock forward: tokens expire, unverified money goes back. */
  advance(ms: number): void;
  /** The simulator's time, epoch milliseconds. */
  now(): number;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/** Starts a double of the AtiPay gateway (protocol §1–4) on a port of this machine. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const settings = readOptions(options);
  refuseProduction(settings);
  const clock = new Clock(settings.now);
  const context: Context = {
    settings,
    clock,
    ledger: new Ledger(clock, settings),
    faults: new Faults(),
    guard: guardOf(settings.host, settings.controlToken),
    origins: { gateway: '', bank: '' },
  };
  const buyer = createBuyer(context);
  const app = simulatorApp(context, buyer);
  const server = await listen(settings, app);
  const { port } = server.address() as AddressInfo;
  Object.assign(context.origins, originsOf(settings, port));
  return assemble(context, buyer, app, server, port);
}

function refuseProduction({ allowProduction }: Settings): void {
  if (process.env['NODE_ENV'] !== 'production' || allowProduction) return;
  throw simulatorError(
    'The simulator does not start with NODE_ENV=production: nobody would be charged. Set allowProduction (--allow-production) if that is meant.',
  );
}

function listen({ https, port, host }: Settings, app: Express): Promise<Server> {
  const server = https ? createHttpsServer(https, app) : createHttpServer(app);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host, () => resolve(server));
  });
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return simulatorError(`Port ${port} of ${host} is taken: choose another, or 0 for any free one.`, error);
  }
  return simulatorError(`The simulator cannot listen on ${host}, port ${port}: ${error.message}.`, error);
}

function originsOf({ https, host, bankOrigin }: Settings, port: number): Context['origins'] {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const name = reachable.includes(':') ? `[${reachable}]` : reachable;
  const gateway = `${https ? 'https' : 'http'}://${name}:${port}`;
  const bank = typeof bankOrigin === 'function' ? bankOrigin(port) : bankOrigin;
  return { gateway, bank: bank === undefined ? elsewhere(gateway) : new URL(bank).origin };
}

/** The real gateway leads to another origin; plain HTTP on this machine has two names for the same place. */
const elsewhere = (gateway: string): string =>
  gateway.replace(/^http:\/\/127\.0\.0\.1:/, 'http://localhost:');

function assemble(context: Context, finish: Finish, app: Express, server: Server, port: number): Simulator {
  const { settings, clock, ledger, faults, origins, guard } = context;
  return {
    url: `${origins.gateway}/v1`,
    origin: origins.gateway,
    port,
    controlUrl: `${origins.gateway}/simulator${guard.isLocal ? '' : `?token=${guard.token}`}`,
    controlToken: guard.token,
    apiKey: settings.merchants[0].apiKey,
    terminalId: settings.merchants[0].terminalId,
    ledger,
    faults,
    app,
    finish,
    pay: (target, options) => finish(target, { ...options, state: 'OK' }),
    cancel: (target, options) => finish(target, { ...options, state: 'CanceledByUser' }),
    fail: (target, options) => finish(target, { ...options, state: 'Failed' }),
    advance: (ms) => clock.advance(readAdvance({ ms }, clock.now())),
    now: () => clock.now(),
    close: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

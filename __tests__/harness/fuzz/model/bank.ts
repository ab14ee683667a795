import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A failure of the gateway, once. */
export type Fault =
  | 'lost after taking effect'
  | 'no answer'
  | 'status 502'
  | 'refused'
  | 'refused about the shop'
  | 'other amount'
  | 'zero';

/** An answer of verify-payment as it left the gateway; `undefined`: none did. */
export type Answer = number | 'refused' | 'refused about the shop' | undefined;

/** A buyer's payment, and the gateway's calls and answers about it. */
export interface Deposit {
  invoiceNumber: string;
  rials: number;
  at: number;
  /** The money is the shop's. */
  kept: boolean;
  answers: Answer[];
}

type Body = Record<string, unknown>;
type Reply = { status: number; body: string } | undefined;

/** Where the gateway gives back unverified money. */
const WINDOW_MS = 30 * 60_000;

/** The answer instead of an amount; -18: the merchant's IP address is not the registered one. */
const BODIES: Partial<Record<string | number, string>> = {
  refused: '{"errorCode":"-2"}',
  'refused about the shop': '{"errorCode":"-18"}',
};

/** The gateway of one interleaving: money, faults, and a look at the shop's books at the moment it is asked. */
export class Bank {
  readonly deposits = new Map<string, Deposit>();
  readonly faults = { 'get-token': [] as Fault[], 'verify-payment': [] as Fault[] };
  /** Called before an answer is thought of. */
  onAsk: (receipt: string) => Promise<void> = () => Promise.resolve();
  /** A rule taken away: changes the answer. */
  alter: (receipt: string, answer: Answer) => Promise<Answer> = (_receipt, answer) => Promise.resolve(answer);

  constructor(private readonly now: () => number) {}

  /** The buyer pays: the receipt. */
  pay(invoiceNumber: string, rials: number): string {
    const receipt = `R/${invoiceNumber}/${this.deposits.size}`;
    this.deposits.set(receipt, { invoiceNumber, rials, at: this.now(), kept: false, answers: [] });
    return receipt;
  }

  async serve(operation: string, body: Body): Promise<Reply> {
    if (operation === 'get-token') return this.#token(this.faults['get-token'].shift());
    const receipt = String(body['referenceNumber']);
    await this.onAsk(receipt);
    const fault = this.faults['verify-payment'].shift();
    const answer = await this.alter(receipt, this.#verify(receipt, fault));
    this.deposits.get(receipt)?.answers.push(answer);
    if (answer === undefined) return fault === 'status 502' ? { status: 502, body: '<html>' } : undefined;
    return { status: 200, body: BODIES[answer] ?? `{"amount":${answer}.0}` };
  }

  #token(fault: Fault | undefined): Reply {
    if (fault === 'refused') return { status: 200, body: '{"status":"0","errorCode":"-1"}' };
    if (fault === undefined) return { status: 200, body: '{"status":"1","token":"T"}' };
    return fault === 'status 502' ? { status: 502, body: '' } : undefined;
  }

  #verify(receipt: string, fault: Fault | undefined): Answer {
    const deposit = this.deposits.get(receipt);
    if (fault === 'refused' || fault === 'refused about the shop') return fault;
    if (fault === 'zero') return 0;
    if (fault === 'no answer' || fault === 'status 502') return undefined;
    if (!deposit || (!deposit.kept && this.now() > deposit.at + WINDOW_MS)) return 'refused';
    deposit.kept = true;
    if (fault === 'lost after taking effect') return undefined;
    return fault === 'other amount' ? deposit.rials + 7_000 : deposit.rials;
  }
}

/** One server for the banks of many interleavings, distinguished by their paths. */
export class Banks {
  readonly #banks = new Map<string, Bank>();
  readonly #server = createServer((req, res) => void this.#serve(req, res));
  #count = 0;

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  /** A new bank, its address, and a function that closes it. */
  add(now: () => number): { bank: Bank; url: string; remove: () => void } {
    const name = String((this.#count += 1));
    const bank = new Bank(now);
    this.#banks.set(name, bank);
    const { port } = this.#server.address() as AddressInfo;
    return { bank, url: `http://127.0.0.1:${port}/${name}`, remove: () => void this.#banks.delete(name) };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [, name = '', operation = ''] = (req.url ?? '').split('/');
    const body = (await json(req)) as Body;
    const reply = await this.#banks.get(name)?.serve(operation, body);
    if (reply) res.writeHead(reply.status, { 'Content-Type': 'application/json' }).end(reply.body);
    else res.socket?.resetAndDestroy();
  }
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The gateway's reaction to one call: an answer as given, or none at all. */
export type Reply =
  { status?: number; type?: string; body: unknown } | 'silence' | 'reset' | (() => Promise<Reply>);

export interface GatewayCall {
  operation: string;
  body: Record<string, unknown>;
  /** Names the connection that it came over. */
  port: number | undefined;
}

/** A gateway with scripted answers, call by call, that otherwise follows the protocol. */
export class ScriptedGateway {
  readonly calls: GatewayCall[] = [];
  /** Answers to come, first in first out. With none left: a token, and the true amount of a known receipt. */
  readonly replies = { 'get-token': [] as Reply[], 'verify-payment': [] as Reply[] };
  readonly #amounts = new Map<unknown, unknown>();
  readonly #receipts = new Map<unknown, unknown>();
  readonly #server = createServer((req, res) => void this.#serve(req, res));
  #counter = 0;

  static async open(): Promise<ScriptedGateway> {
    const gateway = new ScriptedGateway();
    await new Promise<void>((resolve) => gateway.#server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  /** The buyer pays an invoice: its receipt. */
  receipt(invoiceNumber: string): string {
    this.#counter += 1;
    const referenceNumber = `Receipt/${this.#counter}/${invoiceNumber}`;
    this.#receipts.set(referenceNumber, this.#amounts.get(invoiceNumber));
    return referenceNumber;
  }

  /** The amount that it will confirm for a receipt, in Rials; undefined for one it does not know. */
  worth(receipt: string): number | undefined {
    const amount = this.#receipts.get(receipt);
    return typeof amount === 'number' ? amount : undefined;
  }

  asked(operation: string): GatewayCall[] {
    return this.calls.filter((call) => call.operation === operation);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.method !== 'POST') {
      res.writeHead(405).end();
      return;
    }
    const operation = (req.url ?? '').split('/').at(-1) ?? '';
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    this.calls.push({ operation, body, port: req.socket.remotePort });
    let reply = this.replies[operation as 'get-token'].shift() ?? this.#usual(operation, body);
    while (typeof reply === 'function') reply = await reply();
    if (reply === 'reset') res.socket?.resetAndDestroy();
    else if (reply !== 'silence') {
      const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
      res.writeHead(reply.status ?? 200, { 'Content-Type': reply.type ?? 'application/json' }).end(text);
    }
  }

  #usual(operation: string, body: Record<string, unknown>): Reply {
    if (operation === 'get-token') {
      this.#amounts.set(body['invoiceNumber'], body['amount']);
      return { body: { status: '1', token: `token-of-${String(body['invoiceNumber'])}` } };
    }
    const amount = this.#receipts.get(body['referenceNumber']);
    return amount === undefined
      ? { body: { errorCode: '-2', faMessage: 'رسید یافت نشد' } }
      : { body: `{"amount":${JSON.stringify(amount)}.0}` };
  }
}

/** A reply that waits until it is let go. */
export function held(reply: Reply): { reply: Reply; release: () => void } {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  return {
    reply: async () => {
      await released;
      return reply;
    },
    release,
  };
}

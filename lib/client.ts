import { hideCardNumbers } from './core/card-number';
import { AtipayError } from './errors';
import type { SettlementItem } from './core/record';
import { oneLine } from './core/text';
import { chooseTransport } from './transport/choose';
import type { HttpOptions, Transport } from './transport/transport';

export type { HttpOptions } from './transport/transport';

/** The gateway's base URL (protocol, head). */
export const GATEWAY_URL = 'https://mipg.atipay.net/v1';

/** Milliseconds that one call takes at most, unless the options say otherwise. */
export const DEFAULT_TIMEOUT_MS = 10_000;

/** What {@link AtipayClient} needs to speak to the gateway. */
export interface AtipayClientOptions {
  /** The key AtiPay gave you. */
  apiKey: string;
  /** Sent with verify-payment when the receipt names no terminal. */
  terminalId?: string | undefined;
  /** Default `https://mipg.atipay.net/v1`. */
  gatewayUrl?: string | undefined;
  /** How the gateway is called. */
  http?: HttpOptions | undefined;
}

/** get-token's fields (protocol §1). Amounts are Rials. */
export interface TokenRequest {
  /** Rials. */
  amount: number;
  /** Unique per attempt, at most 40 characters. */
  invoiceNumber: string;
  /** Where the buyer is POSTed back to. */
  redirectUrl: string;
  /** `09xxxxxxxxx`. */
  cellNumber?: string | null | undefined;
  /** Shown by the gateway. */
  description?: string | null | undefined;
  /** Shares in Rials that add up to `amount`. */
  settlement?: SettlementItem[] | null | undefined;
}

/** verify-payment's fields (protocol §4). */
export interface VerifyRequest {
  /** The receipt, as the callback brought it. */
  referenceNumber: string;
  /** As the callback brought it; the client's own terminal otherwise. */
  terminalId?: string | null | undefined;
}

/** The gateway said no, in its own words. */
export interface Refusal {
  kind: 'refused';
  /** The reason is the shop (key, terminal, IP address), not this receipt. */
  aboutShop: boolean;
  /** Its `errorCode` or `status`. */
  code: string | undefined;
  /** Its own explanation, the API key taken out, at most 300 characters. For logs, not for buyers. */
  description: string | undefined;
}

/** Nothing came that can be taken for the gateway's word. It is not a refusal: what was asked may have happened. */
export interface NoAnswer {
  kind: 'unanswered';
  /** `ERR_ATIPAY_GATEWAY_UNAVAILABLE`, saying what came instead. */
  error: AtipayError;
  /** A kept connection was closed at the moment of its reuse. */
  reusedConnection?: boolean;
}

/** get-token's answer. */
export type TokenAnswer =
  | {
      kind: 'token';
      /** What the buyer's browser takes to the gateway, once. */
      token: string;
    }
  | Refusal
  | NoAnswer;

/** verify-payment's answer. Whether the amount is the right one is for the caller to say. */
export type VerifyAnswer =
  | {
      kind: 'amount';
      /** Rials, more than 0. */
      amount: number;
    }
  | Refusal
  | NoAnswer;

/** A form the buyer's browser posts to the gateway (protocol §2). */
export interface RedirectForm {
  /** The gateway's address. */
  action: string;
  /** The gateway takes no other. */
  method: 'POST';
  /** What the form's hidden inputs hold. */
  fields: {
    /** From get-token; it is good for one visit. */
    token: string;
  };
}

/** Statuses behind which something other than the gateway's own decision may stand. */
const NOT_THE_GATEWAYS_WORD: ReadonlySet<number> = new Set([403, 407, 408, 429]);

/** How many characters of the gateway's own words are kept. */
const QUOTE_LIMIT = 300;

type Json = Record<string, unknown>;
type Answer = { kind: 'json'; json: Json } | NoAnswer;

/**
 * Speaks to AtiPay's two web services (protocol §1 and §4). It decides nothing: it tells what was answered, refused or
 * not answered. The API key is held privately and appears in no error.
 */
export class AtipayClient {
  readonly #apiKey: string;
  readonly #terminalId: string | undefined;
  readonly #send: Transport;
  readonly #timeout: number;
  readonly #gatewayUrl: string;

  /** Opens no connection yet. */
  constructor(options: AtipayClientOptions) {
    this.#apiKey = options.apiKey;
    this.#terminalId = options.terminalId;
    this.#gatewayUrl = (options.gatewayUrl ?? GATEWAY_URL).replace(/(?<!\/)\/+$/, '');
    this.#timeout = options.http?.timeout ?? DEFAULT_TIMEOUT_MS;
    this.#send = chooseTransport(options.http ?? {}, this.#timeout);
  }

  /** Asks for the token the buyer takes to the gateway (protocol §1). Never throws for what the gateway does. */
  async getToken(request: TokenRequest, _options: { fresh?: boolean } = {}): Promise<TokenAnswer> {
    const reply = await this.#call('get-token', {
      amount: request.amount,
      invoiceNumber: request.invoiceNumber,
      redirectUrl: request.redirectUrl,
      ...(request.cellNumber != null && { cellNumber: request.cellNumber }),
      ...(request.description != null && { description: request.description }),
      ...(request.settlement != null && { scatteredSettlementItems: request.settlement }),
    });
    if (reply.kind !== 'json') return reply;
    const token = textOf(reply.json['token']);
    return textOf(reply.json['status']) === '1' && token !== undefined
      ? { kind: 'token', token }
      : this.#refusal(reply.json);
  }

  /**
   * Asks the gateway to confirm a receipt and to keep the money for the shop (protocol §4). Never throws for what the
   * gateway does.
   *
   * @param options.timeout - milliseconds for this call, if less than the client's own.
   */
  async verifyPayment(request: VerifyRequest, options: { timeout?: number } = {}): Promise<VerifyAnswer> {
    const terminalId = request.terminalId ?? this.#terminalId;
    const reply = await this.#call(
      'verify-payment',
      { referenceNumber: request.referenceNumber, terminalId },
      options.timeout,
    );
    if (reply.kind !== 'json') return reply;
    const { amount } = reply.json;
    if (amount === undefined || amount === null) return this.#refusal(reply.json);
    const rials = numberOf(amount);
    // An amount nobody can read is no refusal: money may stand behind it.
    if (rials === undefined) return unanswered('verify-payment', 'an amount that is not a number');
    return rials > 0 ? { kind: 'amount', amount: rials } : this.#refusal(reply.json, rials);
  }

  /** The form with which the buyer's browser goes to the gateway (protocol §2). */
  redirectForm(token: string): RedirectForm {
    return { action: `${this.#gatewayUrl}/redirect-to-gateway`, method: 'POST', fields: { token } };
  }

  async #call(operation: string, fields: Json, timeout = this.#timeout): Promise<Answer> {
    const reply = await this.#send({
      url: `${this.#gatewayUrl}/${operation}`,
      json: JSON.stringify({ apiKey: this.#apiKey, ...fields }),
      milliseconds: Math.max(1, Math.ceil(Math.min(timeout, this.#timeout))),
    });
    if ('trouble' in reply) return unanswered(operation, reply.trouble);
    return readReply(operation, reply.status, reply.body);
  }

  #refusal(json: Json, amount?: number): Refusal {
    const code = textOf(json['errorCode']) ?? textOf(amount) ?? textOf(json['status']);
    const description =
      textOf(json['errorDescription']) ?? textOf(json['faMessage']) ?? textOf(json['message']);
    return {
      kind: 'refused',
      aboutShop: false,
      code: this.#redact(code),
      description: this.#redact(description),
    };
  }

  /** A gateway that quotes the request in its error puts no key, no card number and no line of its own into our logs. */
  #redact(text: string | undefined): string | undefined {
    if (text === undefined) return undefined;
    return oneLine(hideCardNumbers(text.replaceAll(this.#apiKey, '[apiKey]')), QUOTE_LIMIT);
  }
}

function readReply(operation: string, status: number, body: string): Answer {
  if (status < 200 || (status >= 300 && status < 400) || status >= 500 || NOT_THE_GATEWAYS_WORD.has(status)) {
    const hint = status === 403 ? " (is this server's IP address registered with AtiPay?)" : '';
    return unanswered(operation, `HTTP status ${status}${hint}`);
  }
  const json = parseObject(body);
  return json ? { kind: 'json', json } : unanswered(operation, `HTTP status ${status} without a JSON object`);
}

function parseObject(body: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    // Without a prototype: what other code has put on Object.prototype is not the gateway's word.
    return Object.assign(Object.create(null) as Json, value);
  } catch {
    return undefined;
  }
}

function unanswered(operation: string, trouble: string): NoAnswer {
  const message = `AtiPay gave no usable answer to ${operation}: ${trouble}.`;
  return {
    kind: 'unanswered',
    error: new AtipayError('ERR_ATIPAY_GATEWAY_UNAVAILABLE', message, { status: 504 }),
  };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Amounts come as `10000`, `10000.0`, `1.0E7` or any of these in quotes (protocol §4). */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*[+-]?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i.test(value)) return undefined;
  return Number(value);
}

import { sanitize, type Secret } from '../core/text';
import { AtipayError } from '../errors';
import type { HttpOptions } from './adapter';
import { addressProblem, DEFAULT_TIMEOUT_MS, GATEWAY_URL, withoutSlashes } from './address';
import { readToken, readVerification, type Decision, type Json } from './answers';
import { Caller, type Reply } from './call';
import type {
  NoAnswer,
  RedirectForm,
  Refusal,
  TokenAnswer,
  TokenRequest,
  VerifyAnswer,
  VerifyRequest,
} from './messages';
import { isAboutShop } from './refusals';
import type { Operation } from './slots';

export type { HttpOptions } from './adapter';
export type * from './messages';

/** Options of {@link AtipayClient}. */
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

/** How many characters of the gateway's words are kept. */
const QUOTE_LIMIT = 300;

/** Values of a call that its answer must not bring into a log. */
type Sent = readonly Secret[];

/**
 * Speaks to AtiPay's two web services (protocol §1 and §4). It decides nothing: it returns an answer, a refusal, or
 * that no answer came. The API key is held privately and appears in no error.
 */
export class AtipayClient {
  readonly #apiKey: string;
  readonly #terminalId: string | undefined;
  readonly #caller: Caller;
  readonly #timeout: number;
  readonly #gatewayUrl: string;

  /**
   * Opens no connection yet.
   *
   * @throws AtipayError `ERR_ATIPAY_CONFIG` for a gateway, a proxy or an adapter that cannot be used.
   */
  constructor({ apiKey, terminalId, gatewayUrl = GATEWAY_URL, http = {} }: AtipayClientOptions) {
    const problem = addressProblem(gatewayUrl);
    if (problem !== undefined) throw new AtipayError('ERR_ATIPAY_CONFIG', `gatewayUrl ${problem}.`);
    this.#apiKey = apiKey;
    this.#terminalId = terminalId;
    this.#gatewayUrl = withoutSlashes(gatewayUrl);
    this.#timeout = http.timeout ?? DEFAULT_TIMEOUT_MS;
    this.#caller = new Caller(this.#gatewayUrl, http);
  }

  /**
   * Asks for the token the buyer takes to the gateway (protocol §1). Never throws for an answer of the gateway.
   *
   * @param options.fresh - over a new connection, as after an answer with `reusedConnection`.
   * @param options.patience - milliseconds that the call waits at most while many others are under way; then it is not sent.
   */
  async getToken(
    request: TokenRequest,
    options: { fresh?: boolean; patience?: number } = {},
  ): Promise<TokenAnswer> {
    const fields = {
      amount: request.amount,
      invoiceNumber: request.invoiceNumber,
      redirectUrl: request.redirectUrl,
      ...(request.cellNumber != null && { cellNumber: request.cellNumber }),
      ...(request.description != null && { description: request.description }),
      ...(request.settlement != null && { scatteredSettlementItems: request.settlement }),
    };
    const reply = await this.#call('get-token', fields, this.#timeout, options);
    return this.#answer('get-token', reply, readToken, () => [
      { name: 'cellNumber', value: request.cellNumber ?? '' },
      ...keysOf(request),
    ]);
  }

  /**
   * Asks the gateway to confirm a receipt and to keep the money for the shop (protocol §4). Never throws for an answer
   * of the gateway.
   *
   * @param options.timeout - milliseconds for this call, if less than the client's. With none left it is not sent.
   */
  async verifyPayment(request: VerifyRequest, options: { timeout?: number } = {}): Promise<VerifyAnswer> {
    const { referenceNumber } = request;
    const fields = { referenceNumber, terminalId: request.terminalId ?? this.#terminalId };
    const timeout = Math.min(options.timeout ?? Infinity, this.#timeout);
    const reply = await this.#call('verify-payment', fields, timeout);
    return this.#answer('verify-payment', reply, readVerification, () => [
      { name: 'referenceNumber', value: referenceNumber },
    ]);
  }

  /** The form with which the buyer's browser goes to the gateway (protocol §2). */
  redirectForm(token: string): RedirectForm {
    return { action: `${this.#gatewayUrl}/redirect-to-gateway`, method: 'POST', fields: { token } };
  }

  #call(
    operation: Operation,
    fields: Json,
    milliseconds: number,
    { fresh = false, patience = Infinity }: { fresh?: boolean; patience?: number } = {},
  ): Promise<Reply> {
    const json = JSON.stringify({ apiKey: this.#apiKey, ...fields });
    return this.#caller.call({ operation, json, milliseconds, patience, fresh });
  }

  #answer<D extends Decision>(
    operation: Operation,
    reply: Reply,
    read: (reply: { status: number; body: string }) => D,
    sent: () => Sent,
  ): Exclude<D, { kind: 'refused' | 'unusable' }> | Refusal | NoAnswer {
    if ('trouble' in reply) return unanswered(operation, reply.trouble, reply.reusedConnection);
    const decision: Decision = read(reply);
    if (decision.kind === 'unusable') return unanswered(operation, decision.why);
    if (decision.kind === 'refused')
      return refusal(decision, [{ name: 'apiKey', value: this.#apiKey }, ...sent()]);
    return decision as Exclude<D, { kind: 'refused' | 'unusable' }>;
  }
}

/** The secret parts of a return address: the end of its path and the values of its query. */
function keysOf({ redirectUrl, invoiceNumber }: TokenRequest): Sent {
  if (!URL.canParse(redirectUrl)) return [{ name: 'redirectUrl', value: redirectUrl }];
  const { pathname, searchParams } = new URL(redirectUrl);
  return [pathname.split('/').at(-1) ?? '', ...searchParams.values()]
    .filter((value) => value !== invoiceNumber)
    .map((value) => ({ name: 'returnKey', value }));
}

function refusal({ code, description }: Extract<Decision, { kind: 'refused' }>, sent: Sent): Refusal {
  const clean = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : sanitize(text, sent, QUOTE_LIMIT);
  const aboutShop = isAboutShop(code, description);
  return { kind: 'refused', code: clean(code), description: clean(description), aboutShop };
}

function unanswered(operation: Operation, trouble: string, reusedConnection = false): NoAnswer {
  const message = `AtiPay gave no usable answer to ${operation}: ${trouble}.`;
  const error = new AtipayError('ERR_ATIPAY_GATEWAY_UNAVAILABLE', message, { status: 504 });
  return { kind: 'unanswered', error, reusedConnection };
}

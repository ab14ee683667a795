import { AtipayError, isUniqueViolation } from '../errors';
import { checkOrder, newInvoiceNumber, type CheckedOrder } from '../order';
import { move, type FailureReason, type PaymentRecord, type PaymentStatus } from '../payment';
import type { TokenAnswer } from '../gateway/client';
import { payerOf, tellToken, traced } from '../tracing';
import { newReturnKey } from './access';
import { change, tellTransition } from './change';
import { leaseMs, publicly, type Context } from './context';
import { duty, fulfilSoon } from './duties';
import { callbackUrl } from './urls';

/** A payment the buyer may be sent to, or the one that already has the order. */
export type Started = { record: PaymentRecord; taken: boolean };

/** An order is not charged again while one of its payments is in one of these; the first found counts. */
const TAKEN: readonly PaymentStatus[] = ['paid', 'verifying', 'review', 'received'];
const DRAWS = 10;

/**
 * Stores a payment, asks the gateway for its token and stores that.
 *
 * @throws AtipayError `ERR_ATIPAY_ORDER` for an order that cannot be paid, `ERR_ATIPAY_TOKEN_REFUSED` (502) and
 * `ERR_ATIPAY_GATEWAY_UNAVAILABLE` (504) when there is no token: that payment has failed, the order may be tried again.
 */
export async function start(context: Context, input: unknown): Promise<Started> {
  const order = checkOrder(input, context.settings);
  const others = await context.store.findByOrder(context.settings.account, order.orderId);
  for (const status of TAKEN) {
    const record = others.find((other) => other.status === status);
    if (record) return { record, taken: true };
  }
  const created = await insert(context, order);
  const answer = await askForToken(context, created);
  if (answer.kind !== 'token') return fail(context, created, answer);
  const now = context.settings.now();
  const patch = { token: answer.token, dueAt: now + context.settings.pendingTimeoutMs };
  const { record, won } = await change(context, created, (current) =>
    current.status === 'created'
      ? move(current, 'pending', patch, 'the gateway gave a token', now)
      : undefined,
  );
  if (!won) throw unavailable(`Payment ${record.invoiceNumber} was given up before its token came.`);
  return { record, taken: false };
}

async function insert(context: Context, order: CheckedOrder): Promise<PaymentRecord> {
  for (let draw = 1; ; draw += 1) {
    const record = newRecord(context, order);
    try {
      await context.store.insert(record);
      tellTransition(context, undefined, record);
      return record;
    } catch (error) {
      // The drawn invoice number exists already: draw another.
      if (!isUniqueViolation(error) || draw === DRAWS) throw error;
    }
  }
}

function newRecord(context: Context, order: CheckedOrder): PaymentRecord {
  const now = context.settings.now();
  // The order comes last: V8 takes a hundred times as long for an object that begins with a spread and goes on so long.
  return {
    invoiceNumber: newInvoiceNumber(now),
    account: context.settings.account,
    status: 'created',
    version: 0,
    returnKey: newReturnKey(),
    token: null,
    referenceNumber: null,
    orderKey: null,
    traceNumber: null,
    terminalId: null,
    rrn: null,
    maskedPan: null,
    failureReason: null,
    createdAt: now,
    updatedAt: now,
    receivedAt: null,
    verifiedAt: null,
    dueAt: now + leaseMs(context),
    askAt: null,
    asks: 0,
    hookAttempts: 0,
    handledAt: null,
    appliedAt: null,
    history: [{ at: now, status: 'created', note: `order ${order.orderId}: ${order.amount} Rials to pay` }],
    ...order,
  };
}

function askForToken(context: Context, record: PaymentRecord): Promise<TokenAnswer> {
  const { amount, invoiceNumber, cellNumber, description, settlement } = record;
  const redirectUrl = callbackUrl(context.settings, record);
  const request = { amount, invoiceNumber, redirectUrl, cellNumber, description, settlement };
  return traced(
    'atipay:get-token',
    () => payerOf(record),
    () => context.client.getToken(request),
    tellToken,
  );
}

async function fail(
  context: Context,
  created: PaymentRecord,
  answer: Exclude<TokenAnswer, { kind: 'token' }>,
): Promise<never> {
  const error = answer.kind === 'refused' ? refusal(answer) : answer.error;
  const reason = answer.kind === 'refused' ? 'TokenRefused' : 'GatewayUnavailable';
  const record = await giveUp(context, created, reason, error.message);
  const { invoiceNumber, orderId } = record;
  context.reporter.log('error', { invoiceNumber, orderId, reason }, error.message);
  context.reporter.emit('gatewayError', {
    operation: 'get-token',
    payment: publicly(context, record),
    error,
  });
  throw error;
}

/** Ends a payment that no buyer has seen a token of; its invoice number is never used again. */
export async function giveUp(
  context: Context,
  created: PaymentRecord,
  failureReason: FailureReason,
  note: string,
): Promise<PaymentRecord> {
  const now = context.settings.now();
  const { record, won } = await change(context, created, (current) =>
    current.status === created.status
      ? move(current, 'failed', { ...duty(context, 'failed', now), failureReason }, note, now)
      : undefined,
  );
  return won ? fulfilSoon(context, record) : record;
}

function refusal({ code, description }: Extract<TokenAnswer, { kind: 'refused' }>): AtipayError {
  const why = [code && `code ${code}`, description].filter(Boolean).join(': ');
  return new AtipayError(
    'ERR_ATIPAY_TOKEN_REFUSED',
    `AtiPay refused a token (${why || 'no reason given'}).`,
    {
      status: 502,
    },
  );
}

const unavailable = (message: string): AtipayError =>
  new AtipayError('ERR_ATIPAY_GATEWAY_UNAVAILABLE', message, { status: 504 });

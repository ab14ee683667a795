import { randomInt } from 'node:crypto';
import type { TokenAnswer } from '../gateway/client';
import { newPayment } from '../core/new-payment';
import { checkOrder, newInvoiceNumber, type CheckedOrder } from '../core/order';
import { amountText } from '../core/payment';
import type { PaymentRecord } from '../core/record';
import { ALIVE, STATUSES } from '../core/statuses';
import { AtipayError, hasCode, isUniqueViolation } from '../errors';
import { tokenTrace, traceSubject, traced } from '../tracing';
import { newReturnKey } from './access';
import type { Context } from './context';
import { deliverSoon } from './hooks';
import { noAnswer, refused } from './gateway-problem';
import { reportGatewayError, reportTransition } from './report';
import { drawVersion, run } from './run';
import { callbackUrl } from './urls';

/** A payment the buyer may be sent to, or the one that already has the order. */
export interface Started {
  record: PaymentRecord;
  taken: boolean;
}

const DRAWS = 10;

/**
 * Stores a payment, asks the gateway for its token and stores that.
 *
 * @throws AtipayError `ERR_ATIPAY_ORDER` for an order that cannot be paid, `ERR_ATIPAY_ORDER_AMOUNT` (409) for one that
 * already has a payment of another amount, `ERR_ATIPAY_ORDER_ATTEMPTS` (429) for one with too many attempts,
 * `ERR_ATIPAY_TOKEN_REFUSED` (502) and `ERR_ATIPAY_GATEWAY_UNAVAILABLE` (504) when there is no token: that payment has
 * failed, the order may be tried again.
 */
export async function startPayment(context: Context, input: unknown): Promise<Started> {
  return startOrder(context, checkedOrder(context, input));
}

/**
 * A new attempt for the order of a payment whose token may no longer be good. The old attempt stays as it is: its buyer
 * may be on the bank's page.
 *
 * @throws AtipayError as {@link startPayment}, but for the order's form.
 */
export function renewPayment(context: Context, record: PaymentRecord): Promise<Started> {
  const { orderId, amount, currency, cellNumber, description, metadata, settlement } = record;
  return startOrder(context, { orderId, amount, currency, cellNumber, description, metadata, settlement });
}

async function startOrder(context: Context, order: CheckedOrder): Promise<Started> {
  const holder = await takenBy(context, order);
  if (holder) return { record: holder, taken: true };
  const created = await insert(context, order);
  const answer = await askForToken(context, created);
  if (answer.kind === 'token')
    return { record: await storeToken(context, created, answer.token), taken: false };
  if (answer.kind === 'unanswered' && answer.reusedConnection)
    return startAfresh(context, created, answer, order);
  return giveUp(context, created, answer);
}

/**
 * A kept connection was closed at the moment of its reuse: the gateway may or may not have seen the call. One more
 * attempt on a fresh connection, stored before the first is given up, so that the order always has a live attempt.
 */
async function startAfresh(
  context: Context,
  first: PaymentRecord,
  answer: Exclude<TokenAnswer, { kind: 'token' }>,
  order: CheckedOrder,
): Promise<Started> {
  const second = await insert(context, order);
  const reply = await askForToken(context, second, { fresh: true });
  await storeNoToken(context, first, answer);
  if (reply.kind === 'token') return { record: await storeToken(context, second, reply.token), taken: false };
  return giveUp(context, second, reply);
}

function checkedOrder({ settings }: Context, input: unknown): CheckedOrder {
  const check = checkOrder(input, settings);
  if ('order' in check) return check.order;
  const { problem, buyersFault } = check;
  throw new AtipayError('ERR_ATIPAY_ORDER', `The order cannot be paid: ${problem}.`, {
    status: buyersFault ? 422 : 500,
    expose: buyersFault,
  });
}

/** The payment that has the order, if one has. One bounded read also counts the attempts that are alive. */
async function takenBy(context: Context, order: CheckedOrder): Promise<PaymentRecord | undefined> {
  const { account, attempts } = context.settings;
  const { orderId } = order;
  const limit = attempts.perOrder + 1;
  const alive = await context.store.findByOrder(account, orderId, { statuses: ALIVE, limit });
  const taking = alive.filter(({ status }) => STATUSES[status].takesOrder);
  const holder = taking.find(({ status }) => STATUSES[status].holdsOrder) ?? taking[0];
  if (holder && holder.amount !== order.amount) throw otherAmount(holder, order);
  if (!holder && alive.length >= attempts.perOrder) throw tooManyAttempts(order, attempts.perOrder);
  return holder;
}

function otherAmount(holder: PaymentRecord, { orderId, amount, currency }: CheckedOrder): AtipayError {
  const [asked, before] = [amountText(amount, currency), amountText(holder.amount, currency)];
  return new AtipayError(
    'ERR_ATIPAY_ORDER_AMOUNT',
    `Order ${orderId} already has a payment of ${before} (${holder.status}); it cannot be started with ` +
      `${asked}. An order id is paid once: give a new sale, an instalment or a top-up an id of its own.`,
    { status: 409 },
  );
}

const tooManyAttempts = ({ orderId }: CheckedOrder, most: number): AtipayError =>
  new AtipayError(
    'ERR_ATIPAY_ORDER_ATTEMPTS',
    `Order ${orderId} has ${most} attempts that are not finished (attempts.perOrder): try again when some have ended.`,
    { status: 429 },
  );

async function insert(context: Context, order: CheckedOrder): Promise<PaymentRecord> {
  for (let draw = 1; ; draw += 1) {
    const record = newRecord(context, order);
    if (await isInserted(context, record, draw === DRAWS)) {
      reportTransition(context, undefined, record);
      return record;
    }
  }
}

/** False when the drawn invoice number exists already: another one is to be drawn. */
async function isInserted({ store }: Context, record: PaymentRecord, last: boolean): Promise<boolean> {
  try {
    await store.insert(record);
    return true;
  } catch (error) {
    if (isUniqueViolation(error) && !last) return false;
    if (!hasCode(error, 'ERR_ATIPAY_STORE_CONNECTION')) throw error;
  }
  // The answer of the insert was lost with its connection: it may have been applied.
  const stored = await store.find(record.invoiceNumber);
  if (stored === undefined) await store.insert(record);
  return stored === undefined || stored.returnKey === record.returnKey;
}

function newRecord({ settings, policy }: Context, order: CheckedOrder): PaymentRecord {
  const now = settings.now();
  const { account, origin } = settings;
  const keys = {
    invoiceNumber: newInvoiceNumber(now, randomInt(10_000_000)),
    account,
    origin,
    returnKey: newReturnKey(),
    version: drawVersion(),
  };
  return newPayment(order, keys, policy, now);
}

function askForToken(
  context: Context,
  record: PaymentRecord,
  options: { fresh?: boolean } = {},
): Promise<TokenAnswer> {
  const { amount, invoiceNumber, cellNumber, description, settlement } = record;
  const redirectUrl = callbackUrl(context.settings, record);
  const request = { amount, invoiceNumber, redirectUrl, cellNumber, description, settlement };
  return traced(
    'atipay:get-token',
    () => traceSubject(record),
    () => context.client.getToken(request, { ...options, patience: context.policy.tokenPatienceMs }),
    tokenTrace,
  );
}

async function storeToken(context: Context, created: PaymentRecord, token: string): Promise<PaymentRecord> {
  const { record, changed } = await run(context, created, { on: 'tokenGiven', token });
  if (changed) {
    context.returns.started();
    return record;
  }
  throw new AtipayError(
    'ERR_ATIPAY_GATEWAY_UNAVAILABLE',
    `Payment ${record.invoiceNumber} was given up before its token came.`,
    { status: 504 },
  );
}

async function giveUp(
  context: Context,
  created: PaymentRecord,
  answer: Exclude<TokenAnswer, { kind: 'token' }>,
): Promise<never> {
  throw await storeNoToken(context, created, answer);
}

/** Stores why there is no token, reports it, and returns the error that says so. */
async function storeNoToken(
  context: Context,
  created: PaymentRecord,
  answer: Exclude<TokenAnswer, { kind: 'token' }>,
): Promise<AtipayError> {
  const error =
    answer.kind === 'refused' ? refused('get-token', answer) : noAnswer(context, 'get-token', answer);
  const { record, effects } = await run(
    context,
    created,
    answer.kind === 'refused'
      ? { on: 'tokenRefused', code: answer.code, description: answer.description }
      : { on: 'tokenUnanswered', problem: answer.error.message },
  );
  reportGatewayError(context, record, 'get-token', error, 'error');
  if (effects.includes('hook')) await deliverSoon(context, record);
  return error;
}

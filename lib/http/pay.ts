import type { Request, RequestHandler, Response } from 'express';
import { AtipayError, type AtipayErrorCode } from '../errors';
import { redirectPage, renewPage, type ErrorKind } from '../pages';
import type { PaymentRecord } from '../core/record';
import { authorize } from '../payments/access';
import { shopPayment, type Context } from '../payments/context';
import { renewPayment, startPayment, type Started } from '../payments/start';
import { payUrl, resultPageUrl } from '../payments/urls';
import { handler, keysOf } from './handler';
import { shopResultUrl } from './shop-urls';
import { goTo, isAnswered, sendError, sendJson, sendPage, wantsJson } from './respond';
import { isPayable } from './views';

/** How many names of form fields a log line has. */
const MOST_FIELDS = 20;

/** `POST /pay`: an order of the shop's, a token of the gateway's, and the page that takes the buyer there. */
export const pay = (context: Context): RequestHandler =>
  handler(async (req, res) => {
    const order = await context.settings.getOrder?.(req);
    if (isAnswered(res)) return;
    if (order === null || order === undefined) {
      reportNoOrder(context, req);
      sendError(context, req, res, 'orderNotFound');
      return;
    }
    await answerStarted(context, req, res, () => startPayment(context, order));
  });

const NO_ORDER =
  'getOrder found no order, so the buyer gets 404. Check that it reads a field that the form has, compares the order ' +
  'ID in the form’s type (a string), and that the buyer’s session reaches it.';

/** During development a 404 of `POST /pay` is usually a mistake in `getOrder`; in production it is often a visitor. */
function reportNoOrder({ reporter }: Context, req: Request): void {
  if (req.app.get('env') === 'production') return;
  const fields = Object.keys((req.body ?? {}) as object).slice(0, MOST_FIELDS);
  reporter.log('warn', { fields }, NO_ORDER);
}

/** `GET /pay`: the buyer reloaded, or typed the address of a form. */
export const payIsAForm = (context: Context): RequestHandler =>
  handler((req, res) => {
    res.setHeader('Allow', 'POST');
    sendError(context, req, res, 'methodNotAllowed');
  });

/**
 * `GET /pay/:invoiceNumber/:returnKey`: takes the buyer to the gateway. Once the token may be too old, offers a new
 * attempt by a button: link previews load addresses too, and must not start attempts.
 */
export const payPage = (context: Context): RequestHandler =>
  handler(async (req, res) => {
    const record = await pendingPayment(context, req, res);
    if (!record) return;
    const age = context.settings.now() - record.createdAt;
    if (age < context.policy.tokenLifetimeMs) sendToGateway(context, res, record);
    else sendPage(res, 200, renewPage(context.settings));
  });

/** The page of the same address, without its key in the text. */
const THIS_PAGE = '?';

/** `POST /pay/:invoiceNumber/:returnKey`: a new attempt for the order of an old link. */
export const renew = (context: Context): RequestHandler =>
  handler(async (req, res) => {
    const record = await pendingPayment(context, req, res);
    if (!record) return;
    await answerStarted(context, req, res, () => renewPayment(context, record), THIS_PAGE);
  });

/** `GET /taken`: the order that was to be paid has a payment. Names neither the order nor that payment. */
export const taken = (context: Context): RequestHandler =>
  handler((req, res) => sendError(context, req, res, 'orderTaken'));

/** The payment of an address while its buyer may pay; otherwise the request is answered. */
async function pendingPayment(
  context: Context,
  req: Request,
  res: Response,
): Promise<PaymentRecord | undefined> {
  const { invoiceNumber, returnKey } = keysOf(req);
  const record = await authorize(context, invoiceNumber, returnKey);
  if (typeof record === 'string') sendError(context, req, res, 'notFound');
  else if (isPayable(record)) return record;
  else goTo(res, resultPageUrl(context.settings, record));
  return undefined;
}

/** Gateway trouble and a buyer's wrong mobile number are answered here; faults of the shop's code are the shop's to see. */
async function answerStarted(
  context: Context,
  req: Request,
  res: Response,
  start: () => Promise<Started>,
  retryUrl?: string,
): Promise<void> {
  try {
    sendStarted(context, req, res, await context.tasks.track(start()));
  } catch (error) {
    if (!(error instanceof AtipayError)) throw error;
    const kind = BUYERS_ERRORS[error.code] ?? (error.expose ? 'orderInvalid' : undefined);
    if (kind === undefined) throw error;
    sendError(context, req, res, kind, { retryUrl });
  }
}

const BUYERS_ERRORS: Partial<Record<AtipayErrorCode, ErrorKind>> = {
  ERR_ATIPAY_TOKEN_REFUSED: 'tokenRefused',
  ERR_ATIPAY_GATEWAY_UNAVAILABLE: 'gatewayUnavailable',
  ERR_ATIPAY_ORDER_ATTEMPTS: 'tooManyAttempts',
};

function sendStarted(context: Context, req: Request, res: Response, started: Started): void {
  const { record } = started;
  if (started.taken) sendTaken(context, req, res, record);
  else if (wantsJson(req)) {
    const { settings } = context;
    const { invoiceNumber } = record;
    const resultUrl = resultPageUrl(settings, record);
    sendJson(res, 200, { invoiceNumber, url: payUrl(settings, record), resultUrl });
  } else sendToGateway(context, res, record);
}

/** A client that names a taken order may not be its buyer: it is sent to the shop's page, never to that payment's. */
function sendTaken(context: Context, req: Request, res: Response, record: PaymentRecord): void {
  const resultUrl = shopResultUrl(context, shopPayment(context, record));
  if (wantsJson(req)) sendError(context, req, res, 'orderTaken', { extra: { resultUrl } });
  else if (resultUrl !== undefined) goTo(res, resultUrl);
  else sendError(context, req, res, 'orderTaken');
}

function sendToGateway(context: Context, res: Response, record: PaymentRecord): void {
  const { action, fields } = context.client.redirectForm(record.token ?? '');
  const { locale, shop } = context.settings;
  sendPage(res, 200, redirectPage({ action, token: fields.token, locale, shop }));
}

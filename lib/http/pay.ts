import type { Request, RequestHandler, Response } from 'express';
import { AtipayError, type AtipayErrorCode } from '../errors';
import type { OrderInput } from '../core/order';
import { redirectPage, type ErrorKind } from '../pages';
import type { PaymentRecord } from '../core/record';
import { authorize } from '../payments/access';
import type { Context } from '../payments/context';
import { startPayment, type Started } from '../payments/start';
import { payUrl, resultPageUrl } from '../payments/urls';
import { handler, keysOf } from './handler';
import { goTo, isAnswered, sendError, sendJson, sendPage, wantsJson } from './respond';

/** `POST /pay`: an order of the shop's, a token of the gateway's, and the page that takes the buyer there. */
export const pay = (context: Context): RequestHandler =>
  handler(async (req, res) => {
    const order = await context.settings.getOrder?.(req);
    if (isAnswered(res)) return;
    if (order === null || order === undefined) {
      sendError(context, req, res, 'orderNotFound');
      return;
    }
    const started = await tryStart(context, req, res, order);
    if (started) answerStarted(context, req, res, started);
  });

/** Gateway trouble and a buyer's wrong mobile number are answered here; what the shop got wrong is the shop's to see. */
async function tryStart(
  context: Context,
  req: Request,
  res: Response,
  order: OrderInput,
): Promise<Started | undefined> {
  try {
    return await context.tasks.track(startPayment(context, order));
  } catch (error) {
    if (!(error instanceof AtipayError)) throw error;
    const kind = BUYERS_ERRORS[error.code] ?? (error.expose ? 'orderInvalid' : undefined);
    if (kind === undefined) throw error;
    sendError(context, req, res, kind);
    return undefined;
  }
}

const BUYERS_ERRORS: Partial<Record<AtipayErrorCode, ErrorKind>> = {
  ERR_ATIPAY_TOKEN_REFUSED: 'tokenRefused',
  ERR_ATIPAY_GATEWAY_UNAVAILABLE: 'gatewayUnavailable',
  ERR_ATIPAY_ORDER_ATTEMPTS: 'tooManyAttempts',
};

function answerStarted(context: Context, req: Request, res: Response, { record, taken }: Started): void {
  const resultUrl = resultPageUrl(context.settings, record);
  if (taken && wantsJson(req)) sendError(context, req, res, 'orderTaken', { extra: { resultUrl } });
  else if (taken) goTo(res, resultUrl);
  else if (wantsJson(req)) {
    const { invoiceNumber } = record;
    sendJson(res, 200, { invoiceNumber, url: payUrl(context.settings, record), resultUrl });
  } else sendToGateway(context, res, record);
}

/** `GET /pay`: somebody reloaded or typed the address of a form. */
export const payIsAForm = (context: Context): RequestHandler =>
  handler((req, res) => {
    res.set('Allow', 'POST');
    sendError(context, req, res, 'methodNotAllowed');
  });

/** `GET /pay/:invoiceNumber/:returnKey`: the page that takes the buyer to the gateway, as often as it is loaded. */
export const payPage = (context: Context): RequestHandler =>
  handler(async (req, res) => {
    const { invoiceNumber, returnKey } = keysOf(req);
    const record = await authorize(context, invoiceNumber, returnKey);
    if (typeof record === 'string') sendError(context, req, res, 'notFound');
    else if (record.status === 'pending') sendToGateway(context, res, record);
    else goTo(res, resultPageUrl(context.settings, record));
  });

function sendToGateway(context: Context, res: Response, record: PaymentRecord): void {
  const { action, fields } = context.client.redirectForm(record.token ?? '');
  sendPage(res, 200, redirectPage({ action, token: fields.token, locale: context.settings.locale }));
}

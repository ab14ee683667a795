import type { ErrorRequestHandler, RequestHandler } from 'express';
import { readCallback } from '../core/callback';
import { authorize } from '../payments/access';
import { completePayment } from '../payments/callback';
import type { Context } from '../payments/context';
import { resultPageUrl } from '../payments/urls';
import { handler, keysOf } from './handler';
import { goTo, sendError } from './respond';

/** `POST /callback/:invoiceNumber/:returnKey`: the buyer comes back from the gateway (protocol §3). */
export const callback = (context: Context): RequestHandler =>
  handler(async (req, res) => {
    const completion = await context.tasks.track(
      completePayment(context, keysOf(req), readCallback(req.body)),
    );
    if (!completion) {
      sendError(context, req, res, 'notFound');
      return;
    }
    const url = resultPageUrl(context.settings, completion.record);
    goTo(res, completion.unconfirmed ? `${url}?unconfirmed` : url);
  });

/** `GET` at the callback's address: the buyer reloaded, or went back. */
export const callbackIsAForm = (context: Context): RequestHandler =>
  handler(async (req, res) => {
    const { invoiceNumber, returnKey } = keysOf(req);
    const record = await authorize(context, invoiceNumber, returnKey);
    if (typeof record === 'string') sendError(context, req, res, 'notFound');
    else goTo(res, resultPageUrl(context.settings, record));
  });

/**
 * A body that cannot be read is no callback; it is answered here rather than by the shop's error page. What body-parser
 * says with a status of 500 is of the shop's own middleware, and for its own error page.
 */
export const unreadableCallback = (context: Context): ErrorRequestHandler =>
  function atipay(error: { status: number }, req, res, next) {
    const { status } = error;
    if (!(status < 500) || res.headersSent) {
      next(error);
      return;
    }
    context.reporter.log('warn', { status }, 'A callback had an unreadable body; nothing changed.');
    context.reporter.emit('forged', { reason: 'malformed', invoiceNumber: undefined });
    sendError(context, req, res, 'unreadable', { status });
  };

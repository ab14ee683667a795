import type { ErrorRequestHandler, RequestHandler } from 'express';
import { readCallback } from '../core/callback';
import type { PaymentRecord } from '../core/record';
import { authorize } from '../payments/access';
import { completePayment } from '../payments/callback';
import type { Context } from '../payments/context';
import { reportForged } from '../payments/forged';
import { resultPageUrl } from '../payments/urls';
import { handler, keysOf } from './handler';
import { goTo, isAnswered, sendError } from './respond';

/** `POST /callback/:invoiceNumber/:returnKey`: the buyer comes back from the gateway (protocol §3). */
export const callback = (context: Context): RequestHandler =>
  handler(async (req, res) => {
    context.returns.cameBack();
    const completion = await context.tasks.track(
      completePayment(context, { ...keysOf(req), address: req.ip }, readCallback(req.body)),
    );
    if (!completion) {
      sendError(context, req, res, 'notFound');
      return;
    }
    const { record, unconfirmed } = completion;
    goTo(res, unconfirmed ? unconfirmedUrl(context, record) : resultPageUrl(context.settings, record));
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
 * A body that cannot be read: behind the right key the buyer sees "not confirmed yet" and can go on. An error of 500
 * from body-parser is about the shop's middleware and goes to the shop's error page.
 */
export const unreadableCallback = (context: Context): ErrorRequestHandler =>
  async function atipay(error: { status: number }, req, res, next) {
    const { status } = error;
    if (!(status < 500) || isAnswered(res)) {
      next(error);
      return;
    }
    try {
      const { invoiceNumber, returnKey } = keysOf(req);
      const record = await authorize(context, invoiceNumber, returnKey);
      if (typeof record === 'string') {
        reportForged(context, { reason: 'malformed', invoiceNumber: undefined, address: req.ip });
        sendError(context, req, res, 'unreadable', { status });
      } else {
        reportForged(context, { reason: 'malformed', invoiceNumber, record, address: req.ip });
        goTo(res, unconfirmedUrl(context, record));
      }
    } catch (failure) {
      next(failure);
    }
  };

const unconfirmedUrl = ({ settings }: Context, record: PaymentRecord): string =>
  `${resultPageUrl(settings, record)}?unconfirmed`;

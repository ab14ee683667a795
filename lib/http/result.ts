import type { RequestHandler } from 'express';
import { resultPage, type ResultView } from '../pages';
import { STATUSES } from '../core/statuses';
import { authorize } from '../payments/access';
import type { Context } from '../payments/context';
import { payUrl } from '../payments/urls';
import { handler, keysOf } from './handler';
import { goTo, ownPage, sendError, sendJson, sendPage, wantsJson } from './respond';
import { isPayable, resultView } from './views';

/**
 * `GET /result/:invoiceNumber/:returnKey`: the stored outcome. `?pay` leads to the bank's page while the payment can be
 * made.
 */
export const result = (context: Context): RequestHandler =>
  handler(async (req, res) => {
    const { invoiceNumber, returnKey } = keysOf(req);
    const record = await authorize(context, invoiceNumber, returnKey);
    if (typeof record === 'string') {
      sendError(context, req, res, 'notFound');
      return;
    }
    const asked = queryOf(req.url);
    if (asked.has('pay') && isPayable(record)) {
      goTo(res, payUrl(context.settings, record));
      return;
    }
    const view = resultView(context, record, asked.has('unconfirmed') && STATUSES[record.status].open);
    if (wantsJson(req)) {
      sendJson(res, 200, outcome(view));
      return;
    }
    const page = resultPage(view);
    const render = context.settings.pages.result;
    sendPage(res, 200, render ? ownPage(page, render(view)) : page);
  });

/** The shop says how Express parses queries, and may have switched it off. */
const queryOf = (url: string): URLSearchParams => new URLSearchParams(url.split('?')[1]);

const NOT_THE_BUYERS: ReadonlySet<string> = new Set(['metadata', 'cellNumber', 'settlement', 'account']);

/** The outcome for a program, without the shop's notes. */
function outcome({ payment, continueUrl, unconfirmed, refreshSeconds }: ResultView): object {
  const told = Object.entries(payment).filter(([name]) => !NOT_THE_BUYERS.has(name));
  return { ...Object.fromEntries(told), resultUrl: continueUrl, unconfirmed, refreshSeconds };
}

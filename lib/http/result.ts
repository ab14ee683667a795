import type { RequestHandler } from 'express';
import { resultPage, type ResultView } from '../pages';
import type { PaymentRecord } from '../core/record';
import { STATUSES } from '../core/statuses';
import { authorize } from '../payments/access';
import { shopPayment, type Context } from '../payments/context';
import { handler, keysOf } from './handler';
import { shopResultUrl } from './result-url';
import { ownPage, sendError, sendJson, sendPage, wantsJson } from './respond';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** How long the page that moves on to the shop waits for a decision. */
const LONGEST_WAIT_MS = 15 * SECOND;

/** `GET /result/:invoiceNumber/:returnKey`: the stored outcome. */
export const result = (context: Context): RequestHandler =>
  handler(async (req, res) => {
    const { invoiceNumber, returnKey } = keysOf(req);
    const record = await authorize(context, invoiceNumber, returnKey);
    if (typeof record === 'string') {
      sendError(context, req, res, 'notFound');
      return;
    }
    const unconfirmed = asksUnconfirmed(req.url) && STATUSES[record.status].open;
    const view = viewOf(context, record, unconfirmed);
    if (wantsJson(req)) {
      sendJson(res, 200, outcome(view));
      return;
    }
    const page = resultPage(view);
    const render = context.settings.pages.result;
    sendPage(res, 200, render ? ownPage(page, render(view)) : page);
  });

/** The shop says how Express parses queries, and may have switched it off. */
const asksUnconfirmed = (url: string): boolean => new URLSearchParams(url.split('?')[1]).has('unconfirmed');

function viewOf(context: Context, record: PaymentRecord, unconfirmed: boolean): ResultView {
  const payment = shopPayment(context, record);
  const continueUrl = shopResultUrl(context, payment);
  const age = context.settings.now() - (record.receivedAt ?? record.createdAt);
  const refreshSeconds = refreshOf(record, age, continueUrl !== undefined);
  return {
    payment,
    locale: context.settings.locale,
    retryUrl: new URL('/', context.settings.publicUrl).href,
    continueUrl,
    refreshSeconds: unconfirmed ? undefined : refreshSeconds,
    unconfirmed: unconfirmed || undefined,
  };
}

/** The shop hears of it, so the buyer can. */
const isDecided = ({ status }: PaymentRecord): boolean => STATUSES[status].hook !== null;

/** Often at first, when an answer is seconds away; seldom later, when a page was left open. */
function refreshOf(record: PaymentRecord, age: number, movesOn: boolean): number | undefined {
  if (isDecided(record)) return undefined;
  if (movesOn) return record.receivedAt !== null && age < LONGEST_WAIT_MS ? 2 : undefined;
  return age < MINUTE ? 3 : age < 10 * MINUTE ? 10 : 60;
}

const NOT_THE_BUYERS: ReadonlySet<string> = new Set(['metadata', 'cellNumber', 'settlement', 'account']);

/** What a program is told: nothing of the shop's own notes. */
function outcome({ payment, continueUrl, unconfirmed }: ResultView): object {
  const told = Object.entries(payment).filter(([name]) => !NOT_THE_BUYERS.has(name));
  return { ...Object.fromEntries(told), resultUrl: continueUrl, unconfirmed };
}

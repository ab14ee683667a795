import { setTimeout as wait } from 'node:timers/promises';
import bodyParser from 'body-parser';
import { Router, type RequestHandler, type Response } from 'express';
import { send } from './answer';
import type { Context } from './context';
import { createDelivery, type Deliver } from './delivery';
import { bankPage } from './pages/bank-page';
import { gatewayErrorPage } from './pages/gateway-error';
import { languageOf, type Language } from './pages/language';
import { htmlAnswer } from './pages/layout';
import { returnPage } from './pages/return-page';
import { finish, type Entry } from './payment';
import { isState } from './states';
import { wayBack } from './way-back';

/** The buyer's pages: the bank's page, and the page that leads back to the shop. */
export function bankRouter(context: Context): Router {
  const router = Router();
  const leave = leaveBank(context, createDelivery(context));
  router.get('/:ticket', show(context, leave));
  router.post('/:ticket', bodyParser.urlencoded({ extended: false }), decide(context, leave));
  return router;
}

type Leave = (entry: Entry, res: Response, language: Language) => Promise<void>;

const show =
  ({ ledger, clock }: Context, leave: Leave): RequestHandler =>
  (req, res, next) => {
    const entry = ledger.byTicket(String(req.params['ticket']));
    if (entry === undefined) {
      send(res, htmlAnswer(gatewayErrorPage('unknown'), 404));
    } else if (entry.status === 'at bank') {
      send(res, htmlAnswer(bankPage(entry, clock.now(), languageOf(req.query, 'fa'))));
    } else {
      leave(entry, res, languageOf(req.query, 'fa')).catch(next);
    }
  };

/** A payment is decided once: a second click gets the first one's way back again. */
const decide =
  ({ ledger, clock }: Context, leave: Leave): RequestHandler =>
  (req, res, next) => {
    const entry = ledger.byTicket(String(req.params['ticket']));
    const { state } = Object(req.body) as { state?: unknown };
    if (entry === undefined || !isState(state)) {
      send(res, htmlAnswer(gatewayErrorPage('unknown'), entry === undefined ? 404 : 400));
      return;
    }
    if (entry.status === 'at bank') {
      finish(entry, state, clock.now());
      ledger.receipted(entry);
    }
    leave(entry, res, languageOf(req.query, 'fa')).catch(next);
  };

/** Answers the page that takes the buyer back, once the faults of the way have had their turn. */
function leaveBank(context: Context, deliver: Deliver): Leave {
  return async (entry, res, language) => {
    const first = entry.wayBack === undefined;
    const way = wayBack(context, entry);
    if (first && way.lateMs > 0) await wait(way.lateMs);
    if (first && way.again !== undefined) {
      const delivered = deliver(entry.redirectUrl, way.fields).catch(() => undefined);
      if (way.again === 'before') await delivered;
    }
    send(res, htmlAnswer(returnPage(entry, way, language)));
  };
}

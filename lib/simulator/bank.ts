import bodyParser from 'body-parser';
import { Router, type RequestHandler } from 'express';
import { send } from './answer';
import { callbackFields } from './callback';
import type { Context } from './context';
import { bankPage } from './pages/bank-page';
import { gatewayErrorPage } from './pages/gateway-error';
import { htmlAnswer } from './pages/layout';
import { returnPage } from './pages/return-page';
import { finish } from './payment';
import { isState } from './states';

/** What the buyer sees: the bank's page, and the page that leads back to the shop. */
export function bankRouter(context: Context): Router {
  const router = Router();
  router.get('/:ticket', show(context));
  router.post('/:ticket', bodyParser.urlencoded({ extended: false }), decide(context));
  return router;
}

const show =
  ({ ledger, clock }: Context): RequestHandler =>
  (req, res) => {
    const entry = ledger.byTicket(String(req.params['ticket']));
    if (entry === undefined) {
      send(res, htmlAnswer(gatewayErrorPage('unknown'), 404));
      return;
    }
    const atBank = entry.status === 'at bank';
    send(res, htmlAnswer(atBank ? bankPage(entry, clock.now()) : returnPage(entry, callbackFields(entry))));
  };

/** A payment is decided once: a second click gets the first one's way back again. */
const decide =
  ({ ledger, clock, settings }: Context): RequestHandler =>
  (req, res) => {
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
    const page = htmlAnswer(returnPage(entry, callbackFields(entry)));
    setTimeout(() => send(res, page), settings.callbackDelayMs);
  };

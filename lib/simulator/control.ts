import bodyParser from 'body-parser';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { json, redirect, send } from './answer';
import type { Finish } from './buyer';
import { simulatorError } from './check';
import type { Context } from './context';
import { formFault, readAdvance, readVisit } from './control-input';
import { createDelivery } from './delivery';
import { guarded } from './guard';
import type { SimulatorFault } from './fault-kinds';
import { problemPage } from './pages/control-problem';
import { controlPage } from './pages/control-page';
import { languageOf, query } from './pages/language';
import { htmlAnswer, type Page } from './pages/layout';
import { paymentPage } from './pages/payment-page';
import { wayBack } from './way-back';

/** The developer's pages, and the same routes as JSON. */
export function controlRouter(context: Context, buyer: Finish): Router {
  const router = Router();
  router.use(
    guarded(context.guard, refuseControl),
    sameOrigin,
    bodyParser.json(),
    bodyParser.urlencoded({ extended: false }),
  );
  router.get('/', overview(context));
  router.get('/calls', (_req, res) => send(res, json(context.ledger.calls())));
  router.get('/payments/:key', payment(context));
  router.post('/payments/:key/callback', asked(deliverAgain(context), toPayment));
  router.post('/clock', asked(advance(context)));
  router.get('/faults', (_req, res) => send(res, json(context.faults.list())));
  router.post('/faults', asked(addFault(context)));
  router.post('/faults/clear', asked(clearFaults(context)));
  router.delete(['/faults', '/faults/:id'], asked(clearFaults(context)));
  router.post('/buyer', asked(visitBank(buyer)));
  return router;
}

/** Carries out a request and returns its result. */
type Action = (req: Request) => unknown;

const isForm = (req: Request): boolean => typeof req.is('application/x-www-form-urlencoded') === 'string';
const wantsPage = (req: Request): boolean => isForm(req) || req.accepts(['json', 'html']) === 'html';

const toOverview = (req: Request): string => req.baseUrl + query({ language: languageOf(req.query, 'en') });
const toPayment = (req: Request): string =>
  `${req.baseUrl}/payments/${encodeURIComponent(String(req.params['key']))}`;

/** Runs an action: a program gets its result as JSON, a person goes back to the page the form was on. */
function asked(action: Action, back = toOverview): RequestHandler {
  return async function answerAction(req, res) {
    try {
      const result = await action(req);
      if (isForm(req)) send(res, redirect(back(req), 303));
      else send(res, json(result ?? {}));
    } catch (error) {
      problem(req, res, error instanceof Error ? error.message : String(error));
    }
  };
}

/** Another site's page must not set faults in a developer's browser. */
const sameOrigin: RequestHandler = (req, res, next) => {
  const origin = req.get('Origin');
  const own = origin === undefined || (URL.canParse(origin) && new URL(origin).host === req.get('Host'));
  if (own || req.method === 'GET') next();
  else problem(req, res, `A page of ${origin} may not control the simulator.`, 403);
};

function refuseControl(req: Request, message: string): void {
  if (req.res) problem(req, req.res, message, 403);
}

function problem(req: Request, res: Response, message: string, status = 400): void {
  send(res, wantsPage(req) ? htmlAnswer(problemPage(message), status) : json({ error: message }, status));
}

function show(req: Request, res: Response, page: Page, value: unknown): void {
  send(res, wantsPage(req) ? htmlAnswer(page) : json(value));
}

const overview =
  ({ ledger, faults, clock, origins, settings }: Context): RequestHandler =>
  (req, res) => {
    const state = {
      now: clock.now(),
      url: `${origins.gateway}/v1`,
      terminals: settings.merchants.map(({ terminalId }) => terminalId),
      totals: ledger.totals(),
      faults: faults.list(),
      payments: ledger.payments(),
    };
    const { before } = req.query;
    const view = {
      language: languageOf(req.query, 'en'),
      before: typeof before === 'string' ? before : undefined,
    };
    show(req, res, controlPage(state, ledger.calls(), view), state);
  };

const payment =
  ({ ledger }: Context): RequestHandler =>
  (req, res) => {
    const found = ledger.find(String(req.params['key']));
    if (found === undefined) {
      problem(req, res, 'No payment has this invoice number, token or receipt.', 404);
      return;
    }
    const calls = ledger.calls().filter((call) => call.invoiceNumber === found.invoiceNumber);
    show(req, res, paymentPage(found, calls), { payment: found, calls });
  };

function deliverAgain(context: Context): Action {
  const deliver = createDelivery(context);
  return async (req) => {
    const found = context.ledger.find(String(req.params['key']));
    const entry = context.ledger.byToken(found?.token ?? '');
    if (entry?.state === undefined) throw simulatorError('This buyer is still at the bank, or never was.');
    return deliver(entry.redirectUrl, wayBack(context, entry).fields);
  };
}

const advance =
  ({ clock }: Context): Action =>
  (req) => {
    clock.advance(readAdvance(req.body, clock.now()));
    return { now: clock.now() };
  };

const addFault =
  ({ faults }: Context): Action =>
  (req) =>
    faults.add(isForm(req) ? formFault(req.body) : (req.body as SimulatorFault));

const clearFaults =
  ({ faults }: Context): Action =>
  (req) => {
    const { id = req.params['id'] } = Object(req.body) as { id?: unknown };
    faults.clear(id === undefined ? undefined : Number(id));
    return faults.list();
  };

const visitBank =
  (buyer: Finish): Action =>
  async (req) => {
    const { target, ...options } = readVisit(req.body);
    return buyer(target, options);
  };

import { Router, urlencoded, type NextFunction, type Request, type Response } from 'express';
import type { Atipay } from '../../atipay';
import { AtipayError } from '../../errors';
import { html } from '../../html';
import type { PaymentRecord } from '../../core/record';
import type { AtipayRouter } from '../../router';
import { exportPayments } from '../export';
import { operatorOf } from '../operator';
import { valueProblems } from '../texts/problems';
import { doAct, forbidden, foreign } from './act';
import { isSameOrigin } from './guard';
import { HEADERS, layout, sentence } from './layout';
import { doctorPage } from './pages/doctor';
import { findPage } from './pages/find';
import { listPage, rangeOf } from './pages/list';
import { needsPage } from './pages/needs';
import { paymentPage } from './pages/payment';
import { doPurge, purgePage } from './pages/purge';
import { reconcileForm } from './pages/reconcile';
import { todayPage } from './pages/today';
import { BadInput } from './problem';
import { reconcileUpload } from './reconciling';
import { STYLE_PATH, STYLESHEET } from './style';
import { makeView, type DeskAct, type DeskPage, type View } from './view';

/** Who looks at the desk, and their permissions. */
export interface DeskOptions<Req extends Request = Request> {
  /** The person's name, as the shop's login knows it. It stays with everything that the person does. */
  who: (req: Req) => string;
  /** Whether the person may do this. Left out: everyone only looks. */
  may?: (req: Req, act: DeskAct) => boolean | Promise<boolean>;
}

/** The answer of a route: a page, an address to go on to, or nothing when it has answered. */
type Answer = DeskPage | string | undefined;
type Handler = (view: View, req: Request, res: Response) => Promise<Answer> | Answer;

/**
 * Makes the desk of a shop's staff: `app.use('/desk', requireStaff, atipayDesk(payments, { who, may }))`. It has no
 * login: mount it behind the shop's.
 *
 * @throws AtipayError `ERR_ATIPAY_CONFIG` without `who`, `ERR_ATIPAY_STORE` when the store has no `search`.
 */
export function atipayDesk<Req extends Request = Request>(
  payments: AtipayRouter | Atipay,
  options: DeskOptions<Req>,
): Router {
  const { who, may } = checked(options);
  const atipay = 'atipay' in payments ? payments.atipay : payments;
  const operator = operatorOf(atipay.context);

  const viewOf = (req: Request): View => {
    const query = queryOf(req);
    const asked = query.get('lang');
    const usual = operator.locale;
    const locale = asked === 'fa' || asked === 'en' ? asked : usual;
    const name: unknown = who(req as Req);
    if (typeof name !== 'string' || name.trim() === '') throw namelessPerson();
    const base = {
      operator,
      locale,
      who: name.trim(),
      may: async (act: DeskAct) => (await may?.(req as Req, act)) === true,
    };
    return makeView(base, { baseUrl: req.baseUrl, path: req.path, query, usual });
  };

  const page = (handler: Handler) => async (req: Request, res: Response, next: NextFunction) => {
    try {
      const view = viewOf(req);
      await answer(view, res, () => handler(view, req, res));
    } catch (error) {
      next(error);
    }
  };

  const found =
    (work: (view: View, req: Request, record: PaymentRecord) => Promise<Answer>): Handler =>
    async (view, req) => {
      const record = await operator.store.find(String(req.params['invoice']));
      if (record?.account !== operator.account) return missing(view, 'notFoundTitle');
      return (await work(view, req, record)) ?? missing(view, 'noPageTitle');
    };

  const router = Router({ caseSensitive: true });
  const form = urlencoded({ extended: false, limit: '20kb' });
  router.get(STYLE_PATH, sendStyle);
  router.get('/', page(needsPage));
  router.get(
    '/find',
    page((view, req) => findPage(view, queryOf(req))),
  );
  router.get(
    '/payments',
    page((view, req) => listPage(view, queryOf(req))),
  );
  router.get(
    '/payments/:invoice',
    page(found((view, req, record) => paymentPage(view, record, queryOf(req).has('done')))),
  );
  router.post(
    '/payments/:invoice/:act',
    form,
    page(found((view, req, record) => doAct(view, req, record, String(req.params['act'])))),
  );
  router.get(
    '/purge',
    page((view, req) => purgePage(view, queryOf(req))),
  );
  router.post('/purge', form, page(doPurge));
  router.get(
    '/today',
    page((view, req) => todayPage(view, queryOf(req))),
  );
  router.get(
    '/export',
    page((view, req, res) => sendExport(view, queryOf(req), res)),
  );
  router.get(
    '/reconcile',
    page((view) => reconcileForm(view)),
  );
  router.post('/reconcile', page(reconcileUpload));
  router.get(
    '/doctor',
    page((view) => doctorPage(view, false)),
  );
  router.post('/doctor', page(askToken));
  router.use(page((view) => missing(view, 'noPageTitle')));
  return router;
}

function checked<Req extends Request>(options: DeskOptions<Req> | undefined): DeskOptions<Req> {
  if (typeof (options?.who as unknown) === 'function' && options) return options;
  throw new AtipayError(
    'ERR_ATIPAY_CONFIG',
    'atipayDesk(payments, { who }): who is missing. Write a function that returns the name of the member of staff, for ' +
      'example (req) => req.user.name, and mount the desk behind your login.',
  );
}

const namelessPerson = (): AtipayError =>
  new AtipayError('ERR_ATIPAY_CONFIG', 'The desk does not know who looks: is it mounted behind your login?', {
    status: 403,
  });

/** Sends a handler's answer; a wrong input is a page, too. */
async function answer(view: View, res: Response, work: () => Promise<Answer> | Answer): Promise<void> {
  let answered: Answer;
  try {
    answered = await work();
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    answered = badInput(view, error);
  }
  if (answered === undefined || res.headersSent) return;
  for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value);
  if (typeof answered === 'string') {
    res.statusCode = 303;
    res.location(answered);
    res.end();
    return;
  }
  res.statusCode = answered.status ?? 200;
  res.end(layout(view, answered));
}

const queryOf = (req: Request): URLSearchParams =>
  new URL(req.originalUrl, 'http://desk.invalid').searchParams;

function sendStyle(_req: Request, res: Response): void {
  res.setHeader('Content-Type', 'text/css; charset=utf-8');
  res.setHeader('Cache-Control', 'private, max-age=31536000, immutable');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.end(STYLESHEET);
}

function sendExport(view: View, query: URLSearchParams, res: Response): undefined {
  const range = rangeOf(view, query);
  if (range?.from === undefined || range.before === undefined) throw new BadInput(valueProblems.when);
  res.setHeader('Content-Type', 'text/csv; charset=utf-8');
  res.setHeader('Content-Disposition', 'attachment; filename="payments.csv"');
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  exportPayments(view.operator, { from: range.from, before: range.before }, view.locale)
    .on('error', () => res.destroy())
    .pipe(res);
}

async function askToken(view: View, req: Request): Promise<Answer> {
  if (!isSameOrigin(req)) return foreign(view);
  if (!(await view.may('token'))) return forbidden(view);
  return doctorPage(view, true);
}

const missing = (view: View, title: 'notFoundTitle' | 'noPageTitle'): DeskPage => ({
  status: 404,
  title: view.text(title),
  body: html`<p><a class="button second" href="${view.link('/')}">${view.text('toStart')}</a></p>`,
});

const badInput = (view: View, problem: BadInput): DeskPage => ({
  status: 422,
  title: view.text('refusedTitle'),
  body: html`<p class="item" role="alert">${sentence(problem.text(view.locale), view)}</p>
    <p><a class="button second" href="${view.link('/')}">${view.text('toStart')}</a></p>`,
});

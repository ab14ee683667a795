import { IncomingMessage } from 'node:http';
import { Router, type Request, type RequestHandler } from 'express';
import { Atipay } from './atipay';
import { claimAccount } from './accounts';
import { checkConfig, type AtipayConfig } from './config';
import { AtipayError } from './errors';
import { makeContext, type Context } from './payments/context';
import { callbackBody, payBody } from './http/bodies';
import { callback, callbackIsAForm, unreadableCallback } from './http/callback';
import { setNoCookie } from './http/cookies';
import { exactPath } from './http/exact-path';
import { pay, payIsAForm, payPage } from './http/pay';
import { result } from './http/result';

/** An Express router that takes payments, with what the shop's own code calls on `.atipay`. */
export type AtipayRouter = Router & {
  /** Payments beside the routes: start, find, resolve, recover, events. */
  readonly atipay: Atipay;
};

/**
 * Makes the payment routes of a shop: `app.use('/payment', atipayRouter(config))`.
 *
 * @throws AtipayError `ERR_ATIPAY_CONFIG` naming every problem of the config at once, and for a store and account that
 * another router already serves. `ERR_ATIPAY_NOT_CALLED` when it was mounted without being called.
 */
export function atipayRouter<Tx = never>(config: AtipayConfig<Tx>): AtipayRouter {
  refuseRequests(config);
  const { settings, apiKey } = checkConfig(config);
  const context = makeContext(settings, apiKey);
  const release = claimAccount(context, apiKey);

  // An app with case sensitive routing puts its guards in front of /pay alone: /PAY must not lead in behind them.
  const router = Router({ caseSensitive: true });
  router.use(warnOfWrongMount(context));
  if (settings.getOrder) {
    router.post('/pay', exactPath('/pay'), payBody, pay(context));
    router.get('/pay', exactPath('/pay'), payIsAForm(context));
  }
  router.get('/pay/:invoiceNumber/:returnKey', payPage(context));
  router
    .route('/callback/:invoiceNumber/:returnKey')
    .post(setNoCookie, callbackBody, unreadableCallback(context), callback(context))
    .get(setNoCookie, callbackIsAForm(context));
  router.get('/result/:invoiceNumber/:returnKey', setNoCookie, result(context));

  return Object.assign(router, { atipay: new Atipay(context, release) });
}

/** Catches `app.use(atipayRouter)`, where Express calls it with a request. */
function refuseRequests(config: unknown): void {
  if (config instanceof IncomingMessage) {
    throw new AtipayError(
      'ERR_ATIPAY_NOT_CALLED',
      'atipayRouter was mounted without being called: write app.use(path, atipayRouter(config)).',
    );
  }
}

/** Addresses are made from `publicUrl` alone; a mount path that does not fit it is a typing mistake nobody sees in time. */
function warnOfWrongMount({ settings, reporter }: Context): RequestHandler {
  const { pathname } = new URL(`${settings.publicUrl}/`);
  let checked = false;
  return (req: Request, _res, next) => {
    if (!checked && !decodeURI(pathname).endsWith(`${req.baseUrl}/`)) {
      const { publicUrl } = settings;
      reporter.log(
        'warn',
        { publicUrl, mountedAt: req.baseUrl },
        'publicUrl does not end with the path this router is mounted at: the gateway may send buyers to the wrong address.',
      );
    }
    checked = true;
    next();
  };
}

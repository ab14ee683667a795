import { IncomingMessage } from 'node:http';
import { Router } from 'express';
import { Atipay } from './atipay';
import { claimAccount } from './accounts';
import { checkConfig, type AtipayConfig } from './config';
import { AtipayError } from './errors';
import { logStart } from './start-line';
import { makeContext } from './payments/context';
import { callbackBody, payBody } from './http/bodies';
import { checkMount } from './http/check-mount';
import { callback, callbackIsAForm, unreadableCallback } from './http/callback';
import { setNoCookie } from './http/cookies';
import { exactPath } from './http/exact-path';
import { pay, payIsAForm, payPage, renew, taken } from './http/pay';
import { result } from './http/result';

/** An Express router that takes payments, with the API for the shop's code on `.atipay`. */
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
  logStart(context);

  // An app with case sensitive routing puts its guards in front of /pay alone: /PAY must not lead in behind them.
  const router = Router({ caseSensitive: true });
  router.use(checkMount(context));
  router
    .route('/callback/:invoiceNumber/:returnKey')
    .post(setNoCookie, callbackBody, unreadableCallback(context), callback(context))
    .get(setNoCookie, callbackIsAForm(context));
  router.get('/result/:invoiceNumber/:returnKey', setNoCookie, result(context));
  if (settings.getOrder) {
    router
      .route('/pay')
      .post(exactPath('/pay'), payBody, pay(context))
      .get(exactPath('/pay'), payIsAForm(context));
  }
  router.route('/pay/:invoiceNumber/:returnKey').get(payPage(context)).post(renew(context));
  router.get('/taken', taken(context));

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

import { createHash } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Router, type Request, type RequestHandler } from 'express';
import { Atipay } from './atipay';
import { AtipayClient } from './gateway/client';
import { checkConfig, type AtipayConfig, type Settings } from './config';
import { AtipayError } from './errors';
import { Reporter } from './events';
import { Tasks, type Context } from './payments/context';
import { callbackBody, payBody } from './routes/bodies';
import { callback, callbackIsAForm, unreadableCallback } from './routes/callback';
import { setNoCookie } from './routes/cookies';
import { pay, payIsAForm, payPage } from './routes/pay';
import { result } from './routes/result';
import type { PaymentStore } from './stores/store';

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
    router.post('/pay', payBody, pay(context));
    router.get('/pay', payIsAForm(context));
  }
  router.get('/pay/:invoiceNumber/:returnKey', payPage(context));
  router
    .route('/callback/:invoiceNumber/:returnKey')
    .post(setNoCookie, callbackBody, unreadableCallback(context), callback(context))
    .get(setNoCookie, callbackIsAForm(context));
  router.get('/result/:invoiceNumber/:returnKey', setNoCookie, result(context));

  return Object.assign(router, { atipay: new Atipay(context, release) });
}

function makeContext(settings: Settings, apiKey: string): Context {
  const { terminalId, gatewayUrl, http } = settings;
  return {
    settings,
    store: settings.store,
    client: new AtipayClient({ apiKey, terminalId, gatewayUrl, http }),
    reporter: new Reporter(settings.logger),
    tasks: new Tasks(),
  };
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

/** The accounts that are served from a store, and a fingerprint of each one's API key. */
const claimed = new WeakMap<PaymentStore<unknown>, Map<string, string>>();

/** Two routers that serve the same account from the same store would sweep each other's payments with other hooks. */
function claimAccount(context: Context, apiKey: string): () => void {
  const { store, account } = context.settings;
  const accounts = claimed.get(store) ?? new Map<string, string>();
  claimed.set(store, accounts);
  if (accounts.has(account)) {
    throw new AtipayError(
      'ERR_ATIPAY_CONFIG',
      `Another router already serves account '${account}' from this store: give each router an account of its own, or close the other one first.`,
    );
  }
  const key = createHash('sha256').update(apiKey).digest('hex');
  const others = [...accounts].filter(([, other]) => other === key).map(([name]) => name);
  warnOfSharedKey(context, others);
  accounts.set(account, key);
  return () => accounts.delete(account);
}

/** A receipt is taken once an account, but the gateway knows keys: two accounts with one key would take it twice. */
function warnOfSharedKey({ settings: { account }, reporter }: Context, others: string[]): void {
  if (others.length === 0) return;
  reporter.log(
    'warn',
    { account, others },
    'Several accounts share an API key: a receipt could be used once in each. One account of AtiPay is one account here.',
  );
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

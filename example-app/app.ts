import { join } from 'node:path';
import express, { type Express, type Request, type RequestHandler } from 'express';
import type { AtipayRouter } from 'express-atipay';
import { atipayDesk } from 'express-atipay/desk';
import helmet from 'helmet';
import type { Knex } from 'knex';
import { csrf, csrfToken } from './csrf';
import { notFound, showError } from './errors';
import * as format from './format';
import { HOME } from './home';
import { oneHostName } from './localhost';
import { Orders } from './orders';
import { createPayments, type Gateway } from './payments';
import { loginRoutes } from './routes/login';
import { orderRoutes } from './routes/orders';
import { shopRoutes } from './routes/shop';
import { requireStaff, staffRoutes } from './routes/staff';
import { sessions } from './session';

export interface ShopOptions {
  db: Knex;
  /** Where buyers find the shop, without a slash at the end. */
  publicUrl: string;
  sessionSecret: string;
  gateway: Gateway;
  /** With which staff log in to the desk. */
  staffPassword: string;
}

export interface Shop {
  app: Express;
  payments: AtipayRouter;
}

/** The shop as an Express application. */
export function createApp({ db, publicUrl, sessionSecret, gateway, staffPassword }: ShopOptions): Shop {
  const https = publicUrl.startsWith('https:');
  const orders = new Orders(db);
  const payments = createPayments(db, orders, publicUrl, gateway);
  const form = express.urlencoded({ extended: false, limit: '10kb' });

  const app = express();
  app.set('view engine', 'ejs').set('views', join(HOME, 'views'));
  Object.assign(app.locals, format, { simulated: gateway.gatewayUrl !== undefined });

  app.use(helmet(https ? {} : PLAIN_HTTP));
  app.use(oneHostName(publicUrl));
  app.use(express.static(join(HOME, 'public')));
  app.use(sessions(db, sessionSecret, https));
  app.use(forEveryPage);

  // A payment starts with a form of the shop. The callback is the gateway's POST: it has no token, and no cookie.
  app.use('/payment/pay', form, csrf);
  app.use('/payment', payments);

  // The desk checks its forms.
  const who = (req: Request): string => req.session.staffName ?? '';
  app.use('/desk', requireStaff, atipayDesk(payments, { who, may: () => true }));

  app.use(form, csrf);
  app.use(shopRoutes());
  app.use(orderRoutes(orders, payments.atipay));
  app.use(loginRoutes());
  app.use(staffRoutes(staffPassword));
  app.use(notFound);
  app.use(showError);
  return { app, payments };
}

/** Browsers would load the pages' styles over TLS, which plain http does not have. */
const PLAIN_HTTP = { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } };

const forEveryPage: RequestHandler = (req, res, next) => {
  const { userName, cart = {} } = req.session;
  const inCart = Object.values(cart).reduce((sum, quantity) => sum + quantity, 0);
  Object.assign(res.locals, { userName, inCart, path: req.path, csrfToken: () => csrfToken(req) });
  res.set('Cache-Control', 'no-store');
  next();
};

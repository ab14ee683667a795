import { ConnectSessionKnexStore } from 'connect-session-knex';
import session from 'express-session';
import type { RequestHandler } from 'express';
import type { Knex } from 'knex';
import type { Cart } from './cart';

declare module 'express-session' {
  interface SessionData {
    /** Whose orders this session sees. */
    buyerId: string;
    userName: string;
    /** A member of staff who has logged in. */
    staffName: string;
    cart: Cart;
    mobile: string;
  }
}

const HOUR = 3_600_000;

/** Sessions in the shop's database: buyers at the bank stay logged in after a restart. */
export function sessions(db: Knex, secret: string, https: boolean): RequestHandler {
  return session({
    name: 'soghat.sid',
    secret,
    resave: false,
    saveUninitialized: false,
    store: new ConnectSessionKnexStore({ knex: db, cleanupInterval: HOUR }),
    // Behind a proxy that speaks TLS for the shop, its X-Forwarded-Proto counts.
    proxy: https,
    cookie: { httpOnly: true, sameSite: 'lax', secure: https, maxAge: 7 * 24 * HOUR },
  });
}

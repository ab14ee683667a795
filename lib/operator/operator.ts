import { DEFAULT_RECOVERY, makePolicy } from '../core/policy';
import type { Currency } from '../core/record';
import { AtipayError } from '../errors';
import { Reporter } from '../events';
import type { Context, RunContext } from '../payments/context';
import type { PaymentSearch, PaymentStore } from '../stores/store';
import type { Locale } from '../texts';
import { MINUTE } from './dates';

/** A store that staff can look payments up in. */
export type SearchStore = PaymentStore<unknown> & PaymentSearch;

/** The API for staff: the payments of one account, and the acts on them. */
export interface Operator {
  store: SearchStore;
  account: string;
  currency: Currency;
  locale: Locale;
  now: () => number;
  /** Origins that the account's payments were begun under. */
  origins: () => Promise<readonly string[]>;
  /** The dependencies of acts that need no hook and no gateway. */
  acts: RunContext;
  /** The shop's router; without it, hooks cannot be called and the gateway cannot be asked. */
  shop?: Context;
}

/** Works with a shop's router. @throws AtipayError `ERR_ATIPAY_STORE` when its store has no `search`. */
export function operatorOf(shop: Context): Operator {
  const { account, currency, locale, now, origins } = shop.settings;
  const store = searchable(shop.store);
  return {
    ...{ store, account, currency, locale, now, acts: shop, shop },
    origins: () => Promise.resolve(origins),
  };
}

/** Payments in review and hooks that are pending: how many of an account's payments are looked at for their origins. */
const NEWEST = 200;

/** Works with a store alone: hooks that acts bring about are called by the shop's next sweep. */
export function operatorOver(store: PaymentStore<unknown>, account: string, locale: Locale = 'fa'): Operator {
  const own = searchable(store);
  const now = Date.now;
  const quiet = { warn: () => undefined, error: () => undefined };
  return {
    ...{ store: own, account, currency: 'IRR', locale, now },
    acts: {
      store,
      policy: LATER_HOOKS,
      reporter: new Reporter(quiet),
      settings: { account, locale, now, onReview: undefined },
    },
    origins: async () => {
      const { payments } = await own.search({ account, limit: NEWEST });
      return [...new Set(payments.map(({ origin }) => origin))];
    },
  };
}

/** The shop's hooks are not at hand: its next sweep calls them. */
const LATER_HOOKS = makePolicy({
  verifyWindowMs: 30 * MINUTE,
  pendingTimeoutMs: 60 * MINUTE,
  hookTimeoutMs: MINUTE,
  callTimeoutMs: 10_000,
  sweepEveryMs: DEFAULT_RECOVERY.everyMs,
  concurrency: DEFAULT_RECOVERY.concurrency,
  hooks: { paid: 'later', failed: 'later', review: 'later' },
});

function searchable(store: PaymentStore<unknown>): SearchStore {
  if (typeof (store as Partial<PaymentSearch>).search === 'function') return store as SearchStore;
  throw new AtipayError(
    'ERR_ATIPAY_STORE',
    'Staff look payments up with the store’s search(filter), and this store has none: see PaymentSearch in ' +
      '"express-atipay/stores/contract".',
  );
}

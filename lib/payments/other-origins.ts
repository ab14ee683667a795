import type { PaymentSearch, PaymentStore } from '../stores/store';
import type { Context } from './context';

/** How many of the newest payments are looked at. */
const NEWEST = 200;

/**
 * Warns of payments that wait for a sweep and were begun under another public origin: the table is a copy of another
 * shop's, or the shop has moved. They are left alone until the shop names the origin. A store without search is not
 * looked at.
 */
export async function reportOtherOrigins({ settings, reporter, store }: Context): Promise<void> {
  const { account, origins } = settings;
  const found = await newest(store, account);
  const foreign = found.filter(({ dueAt, origin }) => dueAt !== null && !origins.includes(origin));
  if (foreign.length === 0) return;
  const others = [...new Set(foreign.map(({ origin }) => origin))];
  const message =
    'Payments that were begun under another public origin are left alone. If this shop has moved here, name that ' +
    'origin in formerOrigins; if its table is a copy of another shop’s, that shop works on them.';
  reporter.log('warn', { account, origins: others, payments: foreign.length }, message);
}

async function newest(store: PaymentStore<unknown> & Partial<PaymentSearch>, account: string) {
  // Sweeps report a store that fails, and a row that cannot be read.
  const page = await store.search?.({ account, limit: NEWEST }).catch(() => undefined);
  return page?.payments ?? [];
}

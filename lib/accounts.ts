import { createHash } from 'node:crypto';
import { AtipayError } from './errors';
import type { Context } from './payments/context';
import type { PaymentStore } from './stores/store';

/** The accounts that are served from a store, and a fingerprint of each one's API key. */
const claimed = new WeakMap<PaymentStore<unknown>, Map<string, string>>();

/**
 * Claims an account of a store for one router: two would sweep each other's payments with other hooks. Returns how to
 * release it.
 *
 * @throws AtipayError `ERR_ATIPAY_CONFIG` when another router serves it.
 */
export function claimAccount(context: Context, apiKey: string): () => void {
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
  warnOfSharedKey(
    context,
    [...accounts].filter(([, other]) => other === key).map(([name]) => name),
  );
  accounts.set(account, key);
  return () => accounts.delete(account);
}

/** One account of AtiPay is one account here: staff would look for a payment under the wrong name. */
function warnOfSharedKey({ settings: { account }, reporter }: Context, others: string[]): void {
  if (others.length === 0) return;
  const message = 'Several accounts share an API key: one account of AtiPay is one account here.';
  reporter.log('warn', { account, others }, message);
}

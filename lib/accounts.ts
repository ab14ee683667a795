import { createHash } from 'node:crypto';
import { AtipayError } from './errors';
import type { Context } from './payments/context';
import type { PaymentStore } from './stores/store';

/** An account that a router of this process serves, and a fingerprint of its API key. */
interface Served {
  store: PaymentStore<unknown>;
  account: string;
  key: string;
}

const served = new Set<Served>();

const SHARED_KEY = 'Several accounts share an API key: one account of AtiPay is one account here.';
const SHARED_TABLE =
  'Another router of this process serves this account from the same table, through another store object: both sweep ' +
  'its payments, each with its own hooks. Give the account to one router.';
const TWO_TABLES =
  'Payments of one API key are kept in two tables: a receipt is taken once in each of them, so it could buy twice. ' +
  'Keep them in one table.';

/**
 * Claims an account of a store for one router: two would sweep each other's payments with other hooks. Returns how to
 * release it.
 *
 * @throws AtipayError `ERR_ATIPAY_CONFIG` when another router serves it.
 */
export function claimAccount(context: Context, apiKey: string): () => void {
  const { store, account } = context.settings;
  const own: Served = { store, account, key: createHash('sha256').update(apiKey).digest('hex') };
  const beside = [...served].filter((other) => other.store === store);
  if (beside.some((other) => other.account === account)) {
    throw new AtipayError(
      'ERR_ATIPAY_CONFIG',
      `Another router already serves account '${account}' from this store: give this router another account, or close the other one first (await payments.atipay.close()).`,
    );
  }
  warnOfSharedKey(context, own, beside);
  compareTables(context, own);
  served.add(own);
  return () => served.delete(own);
}

/** One account of AtiPay is one account here: staff would look for a payment under the wrong name. */
function warnOfSharedKey({ reporter }: Context, { account, key }: Served, beside: Served[]): void {
  const others = beside.filter((other) => other.key === key).map((other) => other.account);
  if (others.length > 0) reporter.log('warn', { account, others }, SHARED_KEY);
}

/** Two store objects may lead to one table. Whether they do is seen when the first payment is there. */
function compareTables(context: Context, own: Served): void {
  const apart = [...served].filter(
    (other) => other.store !== own.store && (other.account === own.account || other.key === own.key),
  );
  if (apart.length === 0) return;
  context.reporter.events.once('transition', ({ payment: { invoiceNumber } }) => {
    const looks = apart
      .filter((other) => served.has(other))
      .map((other) => look(context, own, other, invoiceNumber));
    void context.tasks.track(Promise.allSettled(looks));
  });
}

async function look({ reporter }: Context, own: Served, other: Served, invoiceNumber: string): Promise<void> {
  const isOneTable = (await other.store.find(invoiceNumber)) !== undefined;
  const isOneAccount = other.account === own.account;
  const message = isOneTable ? (isOneAccount ? SHARED_TABLE : SHARED_KEY) : TWO_TABLES;
  if (!isOneTable && other.key !== own.key) return;
  reporter.log('warn', { account: own.account, others: [other.account] }, message);
}

import type { Knex } from 'knex';
import type { PaymentRecord } from '../core/record';
import { KnexPaymentStore } from '../stores/clients/knex';
import { translate } from '../stores/sql/errors';
import type { PaymentFilter, PaymentSearch, PaymentStore } from '../stores/store';

/** Which payments a member of staff looks for; without an account, in all of them. */
export type LookUp = Omit<PaymentFilter, 'account' | 'after'> & { account?: string | undefined };

/** The payments of a table, whatever accounts they belong to. */
export interface Payments {
  readonly store: PaymentStore<Knex.Transaction> & PaymentSearch;
  /** The newest that match, at most `limit`, 20 when left out. */
  search(lookUp: LookUp): Promise<PaymentRecord[]>;
}

/** The store's own limit for one page. */
const PAGE = 1_000;

/** Opens the payments in a table. `tableName` may name its schema. */
export function paymentsIn(knex: Knex, tableName = 'atipay_payments'): Payments {
  const store = new KnexPaymentStore(knex, { tableName });
  return {
    store,
    search: async ({ account, ...lookUp }) => {
      const accounts = account === undefined ? await accountsIn(knex, tableName) : [account];
      const found = await Promise.all(accounts.map((each) => pages(store, { ...lookUp, account: each })));
      return found
        .flat()
        .sort(newestFirst)
        .slice(0, lookUp.limit ?? 20);
    },
  };
}

/** The accounts in a table, each found by one look into an index. */
async function accountsIn(knex: Knex, tableName: string): Promise<string[]> {
  const accounts: string[] = [];
  for (let next = await accountAfter(knex, tableName, ''); next !== undefined;) {
    accounts.push(next);
    next = await accountAfter(knex, tableName, next);
  }
  return accounts;
}

async function accountAfter(knex: Knex, tableName: string, latest: string): Promise<string | undefined> {
  try {
    const rows = knex<{ account: string }>(tableName).where('account', '>', latest).orderBy('account');
    const row = await rows.first('account');
    return row?.account;
  } catch (error) {
    throw translate(error, tableName);
  }
}

async function pages(store: PaymentSearch, filter: PaymentFilter): Promise<PaymentRecord[]> {
  const { limit = 20 } = filter;
  const found: PaymentRecord[] = [];
  for (let after: string | null | undefined; after !== null && found.length < limit;) {
    const page = await store.search({ ...filter, after, limit: Math.min(PAGE, limit - found.length) });
    found.push(...page.payments);
    after = page.next;
  }
  return found;
}

const newestFirst = (one: PaymentRecord, other: PaymentRecord): number =>
  other.createdAt - one.createdAt || (one.invoiceNumber < other.invoiceNumber ? 1 : -1);

import cluster from 'node:cluster';
import type { PaymentRecord } from '../core/record';
import { AtipayError, UniqueViolation } from '../errors';
import { Groups, groupKey } from './groups';
import { lookUpRows, searchRows, tallyRows } from './memory-search';
import { longestOverdueFirst, newestFirst, oldestFirst } from './sequence';
import type { DueQuery, LookUpQuery, OrderQuery, PaymentFilter, PaymentPage } from './store';
import type { PaymentSearch, PaymentStore, RecordWithHolder, TallyQuery, TallyRow } from './store';

/** Options of {@link MemoryPaymentStore}. */
export interface MemoryPaymentStoreOptions {
  /** Leaves out the warning that payments are lost on restart. Meant for tests. Default false. */
  quiet?: boolean;
}

let warned = false;

/**
 * Keeps payments in this process, for a first try and for tests: a restart forgets them, and with them who has paid.
 * Warns of that once per process. It has no transactions.
 */
export class MemoryPaymentStore implements PaymentStore, PaymentSearch {
  readonly #rows = new Map<string, PaymentRecord>();
  /** Invoice numbers by unique key. */
  readonly #keys = new Map<string, string>();
  readonly #orders = new Groups();
  readonly #due = new Groups();
  readonly #reviews = new Groups();

  /**
   * @throws AtipayError `ERR_ATIPAY_STORE` in a cluster worker: each worker would know only the payments it started.
   */
  constructor(options: MemoryPaymentStoreOptions = {}) {
    refuseWorkers();
    if (options.quiet !== true) warnOnce();
  }

  insert(record: PaymentRecord): Promise<void> {
    return settle(() => {
      if (this.#rows.has(record.invoiceNumber)) throw new UniqueViolation();
      this.#keep(record, undefined);
    });
  }

  find(invoiceNumber: string): Promise<PaymentRecord | undefined> {
    return settle(() => {
      const row = this.#rows.get(invoiceNumber);
      return row && copy(row);
    });
  }

  findWithHolder(invoiceNumber: string): Promise<RecordWithHolder | undefined> {
    return settle(() => {
      const row = this.#rows.get(invoiceNumber);
      const holder = row && this.#rows.get(this.#keys.get(holderKey(row.account, row.orderId)) ?? '');
      return row && { record: copy(row), holder: holder?.status ?? null };
    });
  }

  findByOrder(account: string, orderId: string, query: OrderQuery = {}): Promise<PaymentRecord[]> {
    const { statuses, limit } = query;
    return settle(() =>
      this.#rowsOf(this.#orders, groupKey(account, orderId))
        .filter(({ status }) => statuses?.includes(status) ?? true)
        .sort(newestFirst)
        .slice(0, limit)
        .map(copy),
    );
  }

  update(next: PaymentRecord, read: PaymentRecord): Promise<boolean> {
    return settle(() => {
      const stored = this.#rows.get(read.invoiceNumber);
      if (stored?.version !== read.version) return false;
      this.#keep(next, stored);
      return true;
    });
  }

  due({ account, origins, statuses, now, limit }: DueQuery): Promise<PaymentRecord[]> {
    const groups = origins.flatMap((origin) => statuses.map((status) => groupKey(account, origin, status)));
    return settle(() =>
      groups
        .flatMap((group) => this.#rowsOf(this.#due, group))
        .filter(({ dueAt }) => dueAt !== null && dueAt <= now)
        .sort(longestOverdueFirst)
        .slice(0, limit)
        .map(copy),
    );
  }

  inReview(account: string, limit: number): Promise<PaymentRecord[]> {
    return settle(() => this.#rowsOf(this.#reviews, account).sort(oldestFirst).slice(0, limit).map(copy));
  }

  search(filter: PaymentFilter): Promise<PaymentPage> {
    return settle(() => {
      const { payments, next } = searchRows(this.#rows.values(), filter);
      return { payments: payments.map(copy), next };
    });
  }

  tally(query: TallyQuery): Promise<TallyRow[]> {
    return settle(() => tallyRows(this.#rows.values(), query));
  }

  lookUp(query: LookUpQuery): Promise<PaymentRecord[]> {
    return settle(() => lookUpRows(this.#rows.values(), query).map(copy));
  }

  #keep(record: PaymentRecord, replaced: PaymentRecord | undefined): void {
    const row = copy(record);
    const hasItsKeys = replaced?.receiptKey === row.receiptKey && replaced.orderKey === row.orderKey;
    if (!hasItsKeys) this.#takeKeys(row, replaced);
    this.#rows.set(row.invoiceNumber, row);
    if (!replaced) this.#orders.move(row.invoiceNumber, undefined, orderGroup(row));
    this.#due.move(row.invoiceNumber, replaced && dueGroup(replaced), dueGroup(row));
    this.#reviews.move(row.invoiceNumber, replaced && reviewGroup(replaced), reviewGroup(row));
  }

  #takeKeys(row: PaymentRecord, replaced: PaymentRecord | undefined): void {
    const before = replaced ? uniqueKeys(replaced) : [];
    const after = uniqueKeys(row);
    if (after.some((key) => this.#keys.has(key) && !before.includes(key))) throw new UniqueViolation();
    for (const key of before) this.#keys.delete(key);
    for (const key of after) this.#keys.set(key, row.invoiceNumber);
  }

  #rowsOf(groups: Groups, key: string): PaymentRecord[] {
    return groups.of(key).flatMap((invoiceNumber) => this.#rows.get(invoiceNumber) ?? []);
  }
}

const uniqueKeys = ({ account, receiptKey, orderKey }: PaymentRecord): string[] => [
  ...(receiptKey === null ? [] : [groupKey('receipt', receiptKey)]),
  ...(orderKey === null ? [] : [holderKey(account, orderKey)]),
];

const holderKey = (account: string, orderKey: string): string => groupKey('order', account, orderKey);

const orderGroup = ({ account, orderId }: PaymentRecord): string => groupKey(account, orderId);

const dueGroup = ({ account, origin, status, dueAt }: PaymentRecord): string | undefined =>
  dueAt === null ? undefined : groupKey(account, origin, status);

const reviewGroup = ({ account, status }: PaymentRecord): string | undefined =>
  status === 'review' ? account : undefined;

function refuseWorkers(): void {
  if (!cluster.isWorker) return;
  throw new AtipayError(
    'ERR_ATIPAY_STORE',
    'MemoryPaymentStore cannot be shared between cluster workers: a callback would reach a process that does not ' +
      'know the payment. Use the store for your database client: docs/stores.md.',
  );
}

function warnOnce(): void {
  if (warned) return;
  warned = true;
  process.emitWarning('Payments are kept in memory and lost on restart. Use a database before going live.', {
    type: 'AtipayWarning',
    code: 'ATIPAY_MEMORY_STORE',
    detail:
      'There is a store for Knex, Prisma, Drizzle, Kysely, TypeORM, Sequelize, pg, mysql2, better-sqlite3 and MongoDB: ' +
      'docs/stores.md.',
  });
}

/** Runs at once and rejects instead of throwing. */
function settle<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

/** Copies as a database would: values in the shop's metadata that JSON cannot hold do not survive. */
const copy = (record: PaymentRecord): PaymentRecord => ({
  ...record,
  metadata: asJson(record.metadata ?? null),
  settlement: record.settlement && record.settlement.map((item) => ({ ...item })),
  history: record.history.map((entry) => (entry.data ? { ...entry, data: { ...entry.data } } : { ...entry })),
});

const asJson = (value: unknown): unknown =>
  value === null ? null : (JSON.parse(JSON.stringify(value)) as unknown);

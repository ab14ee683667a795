import cluster from 'node:cluster';
import { AtipayError, UniqueViolation } from '../errors';
import { withFields, type PaymentRecord } from '../payment';
import { byInvoice, newestFirst, oldestFirst } from './sequence';
import type { PaymentStore } from './store';

/** Options of {@link MemoryPaymentStore}. */
export interface MemoryPaymentStoreOptions {
  /** Leaves out the warning that payments are lost on restart. Meant for tests. Default false. */
  quiet?: boolean;
}

let warned = false;

/**
 * Keeps payments in this process, for a first try and for tests: a restart forgets them, and with them who has paid.
 * Warns so once per process. It has no transactions.
 */
export class MemoryPaymentStore implements PaymentStore {
  readonly #rows = new Map<string, PaymentRecord>();
  readonly #receipts = new Set<string>();
  readonly #orderKeys = new Set<string>();
  readonly #orders = new Groups();
  readonly #owing = new Groups();
  readonly #reviews = new Groups();

  /** @throws AtipayError `ERR_ATIPAY_STORE` in a cluster worker: each worker would know only its own payments. */
  constructor(options: MemoryPaymentStoreOptions = {}) {
    refuseWorkers();
    if (options.quiet !== true) warnOnce();
  }

  insert(record: PaymentRecord): Promise<void> {
    return settle(() => {
      if (this.#rows.has(record.invoiceNumber)) throw new UniqueViolation();
      this.#keep(record);
    });
  }

  find(invoiceNumber: string): Promise<PaymentRecord | undefined> {
    return settle(() => {
      const row = this.#rows.get(invoiceNumber);
      return row && copy(row);
    });
  }

  findByOrder(account: string, orderId: string): Promise<PaymentRecord[]> {
    return settle(() => this.#rowsOf(this.#orders, pair(account, orderId)).sort(newestFirst).map(copy));
  }

  update(record: PaymentRecord): Promise<PaymentRecord | undefined> {
    return settle(() => {
      const stored = this.#rows.get(record.invoiceNumber);
      if (stored?.version !== record.version) return undefined;
      const next = withFields(record, { version: record.version + 1 });
      this.#keep(next, stored);
      return next;
    });
  }

  due(account: string, now: number, limit: number): Promise<PaymentRecord[]> {
    return settle(() =>
      this.#rowsOf(this.#owing, account)
        .filter((row) => dueAt(row) <= now)
        .sort(longestOverdueFirst)
        .slice(0, limit)
        .map(copy),
    );
  }

  inReview(account: string, limit: number): Promise<PaymentRecord[]> {
    return settle(() => this.#rowsOf(this.#reviews, account).sort(oldestFirst).slice(0, limit).map(copy));
  }

  #keep(record: PaymentRecord, replaced?: PaymentRecord): void {
    const moves = this.#keyMoves(record, replaced);
    if (moves.some(({ keys, now }) => now !== undefined && keys.has(now))) throw new UniqueViolation();
    const row = copy(record);
    this.#rows.set(row.invoiceNumber, row);
    for (const { keys, before, now } of moves) {
      if (before !== undefined) keys.delete(before);
      if (now !== undefined) keys.add(now);
    }
    this.#file(row, replaced);
  }

  /** The unique keys that a row gets, gives up or exchanges: most changes of a row leave them as they are. */
  #keyMoves(row: PaymentRecord, replaced: PaymentRecord | undefined): KeyMove[] {
    const kinds = [
      { keys: this.#receipts, before: replaced?.referenceNumber, now: row.referenceNumber },
      { keys: this.#orderKeys, before: replaced?.orderKey, now: row.orderKey },
    ];
    const own = (key: string | null | undefined): string | undefined =>
      typeof key === 'string' ? pair(row.account, key) : undefined;
    return kinds
      .filter(({ before, now }) => now !== (before ?? null))
      .map(({ keys, before, now }) => ({ keys, before: own(before), now: own(now) }));
  }

  #file(row: PaymentRecord, replaced: PaymentRecord | undefined): void {
    const { account, invoiceNumber, orderId } = row;
    if (!replaced) this.#orders.file(pair(account, orderId), invoiceNumber, true);
    const fileWhere = (groups: Groups, belongs: (one: PaymentRecord) => boolean): void => {
      const is = belongs(row);
      if (is !== (replaced !== undefined && belongs(replaced))) groups.file(account, invoiceNumber, is);
    };
    fileWhere(this.#owing, ({ dueAt }) => dueAt !== null);
    fileWhere(this.#reviews, ({ status }) => status === 'review');
  }

  #rowsOf(groups: Groups, key: string): PaymentRecord[] {
    return groups.of(key).flatMap((invoiceNumber) => this.#rows.get(invoiceNumber) ?? []);
  }
}

/** What becomes of a row's key among those of one kind that are taken. */
interface KeyMove {
  keys: Set<string>;
  before: string | undefined;
  now: string | undefined;
}

/** Invoice numbers filed under a key. */
class Groups {
  readonly #groups = new Map<string, Set<string>>();

  of(key: string): string[] {
    return [...(this.#groups.get(key) ?? [])];
  }

  /** Sees to it that an invoice is in the group, or is not in it. */
  file(key: string, invoiceNumber: string, belongs: boolean): void {
    const group = this.#groups.get(key) ?? new Set<string>();
    this.#groups.set(key, group);
    if (belongs) group.add(invoiceNumber);
    else group.delete(invoiceNumber);
  }
}

function refuseWorkers(): void {
  if (!cluster.isWorker) return;
  throw new AtipayError(
    'ERR_ATIPAY_STORE',
    'MemoryPaymentStore cannot be shared between cluster workers: a callback would reach a process that does not ' +
      'know the payment. Use a database, for example KnexPaymentStore from "express-atipay/stores/knex".',
  );
}

function warnOnce(): void {
  if (warned) return;
  warned = true;
  process.emitWarning('Payments are kept in memory and lost on restart. Use a database before going live.', {
    type: 'AtipayWarning',
    code: 'ATIPAY_MEMORY_STORE',
    detail:
      'KnexPaymentStore from "express-atipay/stores/knex" keeps them in SQLite, PostgreSQL, MySQL or MariaDB.',
  });
}

/** Runs at once and rejects instead of throwing. */
function settle<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

/** Copies as a database would, part by part: of the shop's own metadata, what JSON cannot hold does not survive. */
function copy(record: PaymentRecord): PaymentRecord {
  return withFields(record, {
    metadata: asJson(record.metadata),
    settlement: record.settlement && record.settlement.map(({ iban, amount }) => ({ iban, amount })),
    history: record.history.map(({ at, status, note }) => ({ at, status, note })),
  });
}

const asJson = (value: unknown): unknown =>
  value === null || value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);

/** One key of two: no other account and key make the same. */
const pair = (account: string, key: string): string => `${account.length} ${account} ${key}`;

const dueAt = (row: PaymentRecord): number => row.dueAt ?? Infinity;

const longestOverdueFirst = (a: PaymentRecord, b: PaymentRecord): number =>
  dueAt(a) - dueAt(b) || byInvoice(a, b);

import assert from 'node:assert';
import { randomInt, randomUUID } from 'node:crypto';
import { BLANK } from '../../core/new-payment';
import type { PaymentRecord } from '../../core/record';
import { AtipayError, UniqueViolation } from '../../errors';
import type { DueQuery, PaymentStore } from '../store';

/** Promises of the contract by name. */
export type ContractGroup = Record<string, (scene: Scene) => Promise<void>>;

/** Any moment will do; it is past 2^31 seconds' worth of milliseconds. */
export const NOW = 1_700_000_000_000;

const ORIGIN = 'https://shop.example';
const STATUSES = ['created', 'pending', 'received', 'verifying', 'paid', 'failed', 'review'] as const;

const run = String(randomInt(1e11, 1e12));
let counter = 0;

/** An unused invoice number; later ones are greater. */
const invoice = (): string => run + String(++counter).padStart(8, '0');

/** The test's access to a store beyond the contract. */
export interface Powers {
  /** Makes the row of an invoice unreadable, for example by writing `{` into its `history`. */
  spoil?: (invoiceNumber: string) => Promise<unknown>;
  /**
   * Runs a statement in a transaction after which the database has ended the transaction (PostgreSQL: any that fails;
   * MySQL: a deadlock; SQLite: `insert or rollback`), and catches its error.
   */
  endTransaction?: (tx: unknown) => Promise<unknown>;
}

/** The input of a case: the store, and an account of this case alone. */
export class Scene {
  readonly account = `contract-${randomUUID().slice(0, 13)}`;

  constructor(
    readonly store: PaymentStore<unknown>,
    readonly powers: Powers = {},
  ) {}

  /** A new record, not stored yet: pending, and nothing else. */
  record(patch: Partial<PaymentRecord> = {}): PaymentRecord {
    const invoiceNumber = invoice();
    return { ...blank, account: this.account, invoiceNumber, orderId: `order ${invoiceNumber}`, ...patch };
  }

  /** A receipt that no other case has. */
  receipt(name: string): string {
    return `${name} ${this.account}`.slice(0, 50);
  }

  /** Stores a record and returns it. */
  async given(patch: Partial<PaymentRecord> = {}): Promise<PaymentRecord> {
    const record = this.record(patch);
    await this.store.insert(record);
    return record;
  }

  /** Stores as many records as asked for, some at a time, and returns them in the order of their invoice numbers. */
  async givenMany(
    count: number,
    patch: (index: number) => Partial<PaymentRecord> = () => ({}),
  ): Promise<PaymentRecord[]> {
    const records = Array.from({ length: count }, (_, index) => this.record(patch(index)));
    for (let start = 0; start < count; start += 100) {
      await Promise.all(records.slice(start, start + 100).map((record) => this.store.insert(record)));
    }
    return records;
  }

  /** Updates, insists that the update was not lost, and returns the record that must be stored now. */
  async change(read: PaymentRecord, patch: Partial<PaymentRecord>): Promise<PaymentRecord> {
    const next = changed(read, patch);
    assert.strictEqual(await this.store.update(next, read), true, 'an update of the stored version was lost');
    return next;
  }

  /** Insists that an update is lost. */
  async loses(read: PaymentRecord, patch: Partial<PaymentRecord> = {}): Promise<void> {
    assert.strictEqual(await this.store.update(changed(read, patch), read), false, 'an update was not lost');
  }

  /** Everything of the account that is due at a moment. */
  due(now = NOW, patch: Partial<DueQuery> = {}): Promise<PaymentRecord[]> {
    const onUnreadable = (invoiceNumber: string): void => assert.fail(`${invoiceNumber} is unreadable`);
    const query = { account: this.account, origins: [ORIGIN], statuses: STATUSES, now, limit: 10 };
    return this.store.due({ ...query, onUnreadable, ...patch });
  }

  /** Insists that the store holds exactly these records. */
  async holds(...records: PaymentRecord[]): Promise<void> {
    for (const record of records) same(await this.store.find(record.invoiceNumber), record);
  }
}

/** The values of an update: some fields, and a version drawn for this write. */
export const changed = (read: PaymentRecord, patch: Partial<PaymentRecord>): PaymentRecord => ({
  ...read,
  version: randomInt(2 ** 48 - 1),
  ...patch,
});

const blank: PaymentRecord = {
  ...BLANK,
  origin: ORIGIN,
  status: 'pending',
  version: 1,
  amount: 10_000,
  returnKey: 'return key',
  createdAt: NOW,
  updatedAt: NOW,
};

/** Deep equality that does not mind which realm an object was made in: test runners have more than one. */
export function same(actual: unknown, expected: unknown): void {
  assert.deepStrictEqual(plain(actual), plain(expected));
}

/** The same records in the same order, by invoice number first, so that a failure can be read. */
export function sameList(actual: PaymentRecord[], expected: PaymentRecord[]): void {
  same(invoices(actual), invoices(expected));
  same(actual, expected);
}

/** Insists on a {@link UniqueViolation}. */
export async function violates(write: Promise<unknown>): Promise<void> {
  await assert.rejects(write, (error) => {
    assert.ok(error instanceof UniqueViolation, `expected a UniqueViolation, got ${String(error)}`);
    return true;
  });
}

/** Insists on an error of the store with this code. */
export async function rejectsWith(code: AtipayError['code'], work: Promise<unknown>): Promise<AtipayError> {
  const [outcome] = await Promise.allSettled([work]);
  assert.strictEqual(outcome.status, 'rejected', `expected ${code}`);
  const error: unknown = outcome.reason;
  assert.ok(error instanceof AtipayError, `expected ${code}, got ${String(error)}`);
  assert.strictEqual(error.code, code);
  return error;
}

/** Insists that one write of a race won and that the others failed as they must, and returns the winner's index. */
export async function onlyWinner(
  attempts: Promise<unknown>[],
  loses: (outcome: PromiseSettledResult<unknown>) => boolean,
): Promise<number> {
  const outcomes = await Promise.allSettled(attempts);
  const winners = [...outcomes.keys()].filter((index) => {
    const outcome = outcomes[index];
    return outcome?.status === 'fulfilled' && outcome.value !== false;
  });
  const [winner, ...others] = winners;
  assert.ok(winner !== undefined, 'no write won the race');
  assert.strictEqual(others.length, 0, `${winners.length} writes won a race that only one can win`);
  assert.strictEqual(outcomes.filter(loses).length, attempts.length - 1, 'a lost write did not say so');
  return winner;
}

/** A race lost by version. */
export const isLost = (outcome: PromiseSettledResult<unknown>): boolean =>
  outcome.status === 'fulfilled' && outcome.value === false;

/** A race lost by a unique key. */
export const isRefused = (outcome: PromiseSettledResult<unknown>): boolean =>
  outcome.status === 'rejected' && outcome.reason instanceof UniqueViolation;

export const invoices = (records: PaymentRecord[]): string[] =>
  records.map(({ invoiceNumber }) => invoiceNumber);

function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

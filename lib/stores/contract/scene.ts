import assert from 'node:assert';
import { randomInt, randomUUID } from 'node:crypto';
import { UniqueViolation } from '../../errors';
import type { PaymentRecord } from '../../payment';
import type { PaymentStore } from '../store';

/** Promises of the contract by name. */
export type ContractGroup = Record<string, (scene: Scene) => Promise<void>>;

/** Any moment will do; it is past 2^31 seconds' worth of milliseconds. */
export const NOW = 1_700_000_000_000;

const run = String(randomInt(1e11, 1e12));
let counter = 0;

/** An invoice number nobody has; later ones are greater. */
const invoice = (): string => run + String(++counter).padStart(8, '0');

/** What a case works with: the store, and an account that is its own. */
export class Scene {
  readonly account = `contract-${randomUUID().slice(0, 13)}`;

  constructor(readonly store: PaymentStore<unknown>) {}

  /** A record that nobody has stored yet: pending, and nothing else. */
  record(patch: Partial<PaymentRecord> = {}): PaymentRecord {
    const invoiceNumber = invoice();
    return { ...blank, account: this.account, invoiceNumber, orderId: `order ${invoiceNumber}`, ...patch };
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

  /** Updates and insists that the update was not lost. */
  async change(record: PaymentRecord, patch: Partial<PaymentRecord>): Promise<PaymentRecord> {
    const changed = await this.store.update({ ...record, ...patch });
    assert.ok(changed, 'update returned nothing although the version was the stored one');
    return changed;
  }

  /** Insists that the store holds exactly these records. */
  async holds(...records: PaymentRecord[]): Promise<void> {
    for (const record of records) same(await this.store.find(record.invoiceNumber), record);
  }
}

const blank: PaymentRecord = {
  invoiceNumber: '',
  account: '',
  orderId: '',
  status: 'pending',
  version: 1,
  amount: 10_000,
  currency: 'IRR',
  cellNumber: null,
  description: null,
  metadata: null,
  settlement: null,
  returnKey: 'return key',
  token: null,
  referenceNumber: null,
  orderKey: null,
  traceNumber: null,
  terminalId: null,
  rrn: null,
  maskedPan: null,
  failureReason: null,
  createdAt: NOW,
  updatedAt: NOW,
  receivedAt: null,
  verifiedAt: null,
  dueAt: null,
  askAt: null,
  asks: 0,
  hookAttempts: 0,
  handledAt: null,
  appliedAt: null,
  history: [],
};

/** Deep equality that does not mind which realm an object was made in: test runners have more than one. */
export function same(actual: unknown, expected: unknown): void {
  assert.deepStrictEqual(plain(actual), plain(expected));
}

/** The same records in the same order, told by invoice number first, so that a failure can be read. */
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

/** Insists that exactly one write of a race won, that the others failed as they must, and returns the winner. */
export async function onlyWinner<T>(
  attempts: Promise<T | undefined>[],
  loses: (outcome: PromiseSettledResult<T | undefined>) => boolean,
): Promise<T> {
  const outcomes = await Promise.allSettled(attempts);
  const [winner, ...others] = outcomes.flatMap((outcome) =>
    outcome.status === 'fulfilled' && outcome.value !== undefined ? [outcome.value] : [],
  );
  assert.ok(winner !== undefined, 'nobody won the race');
  assert.strictEqual(others.length, 0, `${others.length + 1} won a race that only one can win`);
  assert.strictEqual(outcomes.filter(loses).length, attempts.length - 1, 'a loser was not told that it lost');
  return winner;
}

/** A race lost by version. */
export const isLost = (outcome: PromiseSettledResult<unknown>): boolean =>
  outcome.status === 'fulfilled' && outcome.value === undefined;

/** A race lost by a unique key. */
export const isRefused = (outcome: PromiseSettledResult<unknown>): boolean =>
  outcome.status === 'rejected' && outcome.reason instanceof UniqueViolation;

export const invoices = (records: PaymentRecord[]): string[] =>
  records.map(({ invoiceNumber }) => invoiceNumber);

function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

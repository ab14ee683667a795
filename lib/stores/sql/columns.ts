import type { PaymentRecord } from '../../core/record';

type Field = keyof PaymentRecord;

/** `id`, `key`, `label`: compared byte by byte, up to 64, 255 and 100 characters. `json`: text of this module. */
export type ColumnKind = 'id' | 'key' | 'label' | 'text' | 'count' | 'number' | 'json';

/** One column of the payments table. */
export interface Column {
  readonly field: Field;
  readonly name: string;
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  /** False for a column that updates never write. */
  readonly changes: boolean;
}

type Kinds = [kind: ColumnKind, ...marks: ('fixed' | 'null')[]];

/** In the order of the table. */
const KINDS: Record<Field, Kinds> = {
  invoiceNumber: ['id', 'fixed'],
  account: ['id', 'fixed'],
  orderId: ['key', 'fixed'],
  origin: ['key', 'fixed'],
  status: ['label'],
  version: ['number'],
  amount: ['number', 'fixed'],
  currency: ['label', 'fixed'],
  cellNumber: ['label', 'null'],
  description: ['text', 'null'],
  metadata: ['json', 'null'],
  settlement: ['json', 'null'],
  returnKey: ['label', 'fixed'],
  token: ['text', 'null'],
  referenceNumber: ['label', 'null'],
  receiptKey: ['label', 'null'],
  orderKey: ['key', 'null'],
  traceNumber: ['label', 'null'],
  terminalId: ['label', 'null'],
  rrn: ['label', 'null'],
  maskedPan: ['label', 'null'],
  cardEnd: ['label', 'null'],
  failureReason: ['label', 'null'],
  createdAt: ['number', 'fixed'],
  updatedAt: ['number'],
  receivedAt: ['number', 'null'],
  verifiedAt: ['number', 'null'],
  dueAt: ['number', 'null'],
  leaseUntil: ['number', 'null'],
  expiresAt: ['number', 'null'],
  nextVerifyAt: ['number', 'null'],
  nextHookAt: ['number', 'null'],
  verifyAttempts: ['count'],
  shopRefusals: ['count'],
  hookAttempts: ['count'],
  hookAppliedAt: ['number', 'null'],
  hookDeliveredAt: ['number', 'null'],
  givenBack: ['number'],
  givenBackAt: ['number', 'null'],
  history: ['json'],
};

const snakeCase = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const COLUMNS: readonly Column[] = (Object.entries(KINDS) as [Field, Kinds][]).map(
  ([field, [kind, ...marks]]) => ({
    field,
    name: snakeCase(field),
    kind,
    nullable: marks.includes('null'),
    changes: !marks.includes('fixed'),
  }),
);

const CHANGING = COLUMNS.filter(({ changes }) => changes);

/** The columns in which a record differs from the one that it was made from, the version always among them. */
export const changesOf = (next: PaymentRecord, read: PaymentRecord): readonly Column[] =>
  CHANGING.filter(({ field }) => field === 'version' || next[field] !== read[field]);

/** The columns that an insert names. */
export const givenIn = (record: PaymentRecord): readonly Column[] =>
  COLUMNS.filter(({ field, nullable }) => !nullable || (record[field] ?? null) !== null);

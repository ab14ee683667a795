import { AtipayError } from '../../errors';
import type { PaymentRecord } from '../../payment';
import type { Row } from './dialect';

type Field = keyof PaymentRecord;

/** `key`: compared byte by byte. `json`: text that only this module reads and writes. */
export type ColumnKind = 'key' | 'word' | 'text' | 'count' | 'number' | 'json';

/** One column of the payments table. */
export interface Column {
  field: Field;
  name: string;
  kind: ColumnKind;
  nullable: boolean;
  /** False for what is given at insert and kept. */
  changes: boolean;
  /** Its place in the table, from 0. */
  place: number;
}

/** In the order of the table. A set of them fits into the 32 bits of a number. */
export const COLUMNS: readonly Column[] = (
  [
    fixed('invoiceNumber', 'key'),
    fixed('account', 'key'),
    fixed('orderId', 'key'),
    changing('status', 'word'),
    changing('version', 'count'),
    fixed('amount', 'number'),
    fixed('currency', 'word'),
    orNull(fixed('cellNumber', 'text')),
    orNull(fixed('description', 'text')),
    orNull(fixed('metadata', 'json')),
    orNull(fixed('settlement', 'json')),
    fixed('returnKey', 'text'),
    orNull(changing('token', 'text')),
    orNull(changing('referenceNumber', 'key')),
    orNull(changing('orderKey', 'key')),
    orNull(changing('traceNumber', 'text')),
    orNull(changing('terminalId', 'text')),
    orNull(changing('rrn', 'text')),
    orNull(changing('maskedPan', 'text')),
    orNull(changing('failureReason', 'word')),
    fixed('createdAt', 'number'),
    changing('updatedAt', 'number'),
    orNull(changing('receivedAt', 'number')),
    orNull(changing('verifiedAt', 'number')),
    orNull(changing('dueAt', 'number')),
    orNull(changing('askAt', 'number')),
    changing('asks', 'count'),
    changing('hookAttempts', 'count'),
    orNull(changing('handledAt', 'number')),
    orNull(changing('appliedAt', 'number')),
    changing('history', 'json'),
  ] satisfies Described[]
).map((column, place) => ({ ...column, place }));

/** What an update writes. The version comes last: the statement counts it itself. */
export const CHANGING: readonly Column[] = COLUMNS.filter(
  ({ changes, field }) => changes && field !== 'version',
);

/** The columns in which a record differs from the one it was made from; all that change when that is not known. */
export function changesOf(record: PaymentRecord, from: PaymentRecord | undefined): readonly Column[] {
  if (from?.invoiceNumber !== record.invoiceNumber || from.version !== record.version) return CHANGING;
  return CHANGING.filter(({ field }) => record[field] !== from[field]);
}

/** The columns that an insert names: what is null is so without being told. */
export const givenIn = (record: PaymentRecord): readonly Column[] =>
  COLUMNS.filter(({ field, nullable }) => !nullable || (record[field] ?? null) !== null);

/** Which columns of the table these are, as bits of one number. */
export const bitsOf = (columns: readonly Column[]): number =>
  columns.reduce((bits, { place }) => bits | (1 << place), 0);

/** The values of a record for these columns, as every driver takes them. */
export function bindings(record: PaymentRecord, columns: readonly Column[]): (string | number | null)[] {
  return columns.map(({ field, kind }) => {
    const value = record[field] ?? null;
    return value === null || kind !== 'json' ? (value as string | number | null) : JSON.stringify(value);
  });
}

/** V8 keeps an object that gets so many fields one by one, by computed names, as a dictionary; it copies this one as it is. */
const BLANK = Object.fromEntries(COLUMNS.map(({ field }) => [field, null])) as Record<Field, unknown>;

/** What a row says. Shops may have told Knex to rename columns of results to camel case. */
export function toRecord(row: Row): PaymentRecord {
  const record = { ...BLANK };
  for (const { field, name, kind, place } of COLUMNS) {
    const value = isList(row) ? row[place] : name in row ? row[name] : row[field];
    if (value === undefined) throw unreadable(name);
    record[field] = value === null ? null : read(value, kind);
  }
  return record as unknown as PaymentRecord;
}

const isList = (row: Row): row is readonly unknown[] => Array.isArray(row);

/** BIGINT arrives as a number, a string or a bigint, as driver and shop have it. */
function read(value: unknown, kind: ColumnKind): unknown {
  if (kind === 'number' || kind === 'count') return Number(value);
  return kind === 'json' && typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
}

type Described = Omit<Column, 'place'>;

function fixed(field: Field, kind: ColumnKind): Described {
  const name = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return { field, name, kind, nullable: false, changes: false };
}

function changing(field: Field, kind: ColumnKind): Described {
  return { ...fixed(field, kind), changes: true };
}

function orNull(column: Described): Described {
  return { ...column, nullable: true };
}

function unreadable(name: string): AtipayError {
  return new AtipayError(
    'ERR_ATIPAY_STORE',
    `A payment came back without its column ${name}. If the Knex instance has a postProcessResponse, it must keep ` +
      'column names as they are or turn them into camel case.',
  );
}

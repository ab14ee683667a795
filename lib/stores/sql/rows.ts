import { BLANK } from '../../core/new-payment';
import type { PaymentRecord, PaymentStatus } from '../../core/record';
import type { Row, SqlValue } from './client';
import { COLUMNS, type Column, type ColumnKind } from './columns';
import { storeError } from './errors';

const HOLDER = { name: 'holder', kind: 'label', nullable: true } as const;

/** The values of a record for these columns, as every client takes them. */
export const bindings = (record: PaymentRecord, columns: readonly Column[]): SqlValue[] =>
  columns.map(({ field, kind }) => bound(record[field] ?? null, kind));

function bound(value: PaymentRecord[keyof PaymentRecord], kind: ColumnKind): SqlValue {
  if (value === null || kind === 'json') return value === null ? null : JSON.stringify(value);
  return value as SqlValue;
}

/** Reads a row. @throws AtipayError `ERR_ATIPAY_STORE` naming the payment when a column cannot be read. */
export function toRecord(row: Row): PaymentRecord {
  const record: Record<string, unknown> = { ...BLANK };
  for (const column of COLUMNS) record[column.field] = readColumn(row, column);
  return record as unknown as PaymentRecord;
}

/** Reads who holds the order of a row. @throws AtipayError `ERR_ATIPAY_STORE` naming the payment. */
export function toHolder(row: Row): PaymentStatus | null {
  return readColumn(row, HOLDER) as PaymentStatus | null;
}

function readColumn(row: Row, { name, kind, nullable }: Pick<Column, 'name' | 'kind' | 'nullable'>): unknown {
  const value = row[name];
  if (value === undefined) throw unreadable(row, name, 'is missing from the result');
  if (value === null && nullable) return null;
  const read = READERS[kind](value);
  if (read === undefined) throw unreadable(row, name, 'holds a value that this version cannot read');
  return read;
}

const readText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** BIGINT arrives as a number, a string or a bigint, as driver and shop have it. */
function readNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value ?? NaN);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** A shop may have set its client to parse text that looks like JSON. */
function readJson(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

const READERS: Record<ColumnKind, (value: unknown) => unknown> = {
  id: readText,
  key: readText,
  label: readText,
  text: readText,
  count: readNumber,
  number: readNumber,
  json: readJson,
};

/** The invoice number of a row that may be unreadable. */
export const invoiceOf = (row: Row): string => readText(row['invoice_number']) ?? '(unknown)';

const unreadable = (row: Row, column: string, why: string): Error =>
  storeError(`Payment ${invoiceOf(row)} cannot be read: its column ${column} ${why}.`);

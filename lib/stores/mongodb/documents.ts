import type { PaymentRecord } from '../../core/record';
import { changesOf, COLUMNS, type Column, type ColumnKind } from '../sql/columns';
import type { Row } from '../sql/client';
import { bindings, toRecord } from '../sql/rows';
import type { Document } from './driver';

/** A column's field: the invoice number is the document's `_id`. */
export const fieldOf = (column: string): string => (column === 'invoice_number' ? '_id' : column);

/** A record as a document: every column, null for nothing, JSON as text. */
export const toDocument = (record: PaymentRecord): Document => valuesOf(record, COLUMNS);

/** The fields that an update sets. */
export const changesIn = (next: PaymentRecord, read: PaymentRecord): Document =>
  valuesOf(next, changesOf(next, read));

/** A document by the names of the columns, readable or not. */
export const toRow = ({ _id, ...fields }: Document): Row => ({ ...fields, invoice_number: _id });

/** Reads a document. @throws AtipayError `ERR_ATIPAY_STORE` naming the payment when a field cannot be read. */
export const readDocument = (document: Document): PaymentRecord => toRecord(toRow(document));

const TYPES: Readonly<Record<ColumnKind, 'string' | 'number'>> = {
  id: 'string',
  key: 'string',
  label: 'string',
  text: 'string',
  json: 'string',
  count: 'number',
  number: 'number',
};

const KINDS = new Map(COLUMNS.map((column) => [column.name, column]));

/**
 * The condition of an index that leaves out documents without a value, and of a query that is to use it: MongoDB takes
 * such an index for a query that contains its condition. Empty for a column that always has a value.
 */
export function presenceOf(column: string): { $type?: 'string' | 'number' } {
  const { kind, nullable } = KINDS.get(column) ?? {};
  return kind && nullable ? { $type: TYPES[kind] } : {};
}

function valuesOf(record: PaymentRecord, columns: readonly Column[]): Document {
  const values = bindings(record, columns);
  return Object.fromEntries(columns.map(({ name }, index) => [fieldOf(name), values[index]]));
}

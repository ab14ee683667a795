import type { ColumnName } from './columns';

/** Every column by which a report is compared. */
export const COLUMN_NAMES: readonly ColumnName[] = [
  'receipt',
  'rrn',
  'trace',
  'terminal',
  'invoice',
  'amount',
  'date',
  'time',
];

/** `amount=Sum`: which of the report's columns is which; undefined for anything else. */
export function mapping(text: string): Partial<Record<ColumnName, string>> | undefined {
  const [name = '', ...rest] = text.split('=');
  const column = COLUMN_NAMES.find((known) => known === name.trim());
  return column && rest.length > 0 ? { [column]: rest.join('=').trim() } : undefined;
}

import type { DialectName } from './client';
import { createStatements, dropStatement, parseTableName, type PaymentsTableOptions } from './table';

/** One step of the payments table's history, as SQL statements for a shop's migrations. */
export interface PaymentsMigration {
  /** Never changes once published. */
  readonly name: string;
  /** SQL statements, in order. */
  readonly up: readonly string[];
  /** SQL statements that undo them, in order. */
  readonly down: readonly string[];
}

/** The payments table's history, oldest step first; later versions of this package add steps to it. */
export function paymentsMigrations(
  dialect: DialectName,
  options: PaymentsTableOptions = {},
): PaymentsMigration[] {
  const table = parseTableName(options);
  return [
    {
      name: '001_create_payments',
      up: createStatements(dialect, table),
      down: [dropStatement(dialect, table)],
    },
  ];
}

import type { Knex } from 'knex';
import type { PaymentsTableOptions } from './dialect';
import { createPaymentsTable, dropPaymentsTable } from './table';

/** One step of the payments table's history. */
export interface PaymentsMigration extends Knex.Migration {
  /** Kept in Knex's bookkeeping; never changes once published. */
  name: string;
}

/**
 * The payments table's history as a source of Knex migrations; later versions of this package add steps to it. Knex
 * keeps one history per bookkeeping table, so give these one of their own:
 *
 * ```ts
 * await knex.migrate.latest({ migrationSource: paymentsMigrations(), tableName: 'atipay_migrations' });
 * ```
 */
export function paymentsMigrations(
  options: PaymentsTableOptions = {},
): Knex.MigrationSource<PaymentsMigration> {
  const steps: PaymentsMigration[] = [
    {
      name: '001_create_payments',
      up: (knex) => createPaymentsTable(knex, options),
      down: (knex) => dropPaymentsTable(knex, options),
    },
  ];
  return {
    getMigrations: () => Promise.resolve(steps),
    getMigrationName: ({ name }) => name,
    getMigration: (step) => Promise.resolve(step),
  };
}

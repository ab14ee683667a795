import { UniqueViolation, type AtipayError } from '../../errors';
import { storeError } from './dialect';

const UNIQUE = new Set([
  '23505',
  'ER_DUP_ENTRY',
  'ER_DUP_ENTRY_WITH_KEY_NAME',
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
]);

/** Deadlock, serialization failure, lock not to be had: the same statement may pass a moment later. */
const PASSING = new Set([
  '40001',
  '40P01',
  '55P03',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD',
]);
const BUSY = /^SQLITE_(BUSY|LOCKED)/;

const NO_TABLE = new Set(['42P01', '3F000', 'ER_NO_SUCH_TABLE']);
const NO_COLUMN = new Set(['42703', 'ER_BAD_FIELD_ERROR']);

/** Whether a driver says that a unique key is taken. */
function isUnique(error: unknown): boolean {
  const { code, message } = anatomy(error);
  return UNIQUE.has(code) || (code === 'SQLITE_CONSTRAINT' && message.includes('UNIQUE constraint failed'));
}

/** Whether a driver says that trying again may help. */
export function isPassing(error: unknown): boolean {
  const { code } = anatomy(error);
  return PASSING.has(code) || BUSY.test(code);
}

/** Errors after which MySQL and MariaDB have rolled back the whole transaction. */
export function endsTransaction(error: unknown): boolean {
  return ['ER_LOCK_DEADLOCK', 'ER_CHECKREAD'].includes(anatomy(error).code);
}

/** Whether PostgreSQL only says that an earlier statement has ended the transaction. */
export function isAftermath(error: unknown): boolean {
  return anatomy(error).code === '25P02';
}

/** Whether two processes tried to create one table or index at one moment. */
export function isCreationRace(error: unknown): boolean {
  return ['23505', '42P07', '42710'].includes(anatomy(error).code) || isPassing(error);
}

/**
 * What a store throws for what a driver threw. Knex writes the statement with its values into the message, and those
 * include keys and phone numbers: only the driver's own words are kept.
 */
export function translate(error: unknown, table: string): AtipayError {
  const cause = withoutValues(error);
  if (isUnique(error)) return new UniqueViolation({ cause });
  const { code, message } = anatomy(cause);
  if (NO_TABLE.has(code) || message.includes('no such table')) {
    return storeError(
      `There is no table ${table}. Call createPaymentsTable(knex) before the first payment, or run the migration.`,
      cause,
    );
  }
  if (NO_COLUMN.has(code) || /no such column|has no column/.test(message)) {
    return storeError(
      `The table ${table} lacks a column that this version needs. Call createPaymentsTable(knex) or run the migrations.`,
      cause,
    );
  }
  return storeError(
    `The table ${table} could not be read or written: ${message || code || 'no reason given'}`,
    cause,
  );
}

/** An error of a driver with its own words, name and code, and nothing of the statement. */
export function withoutValues(error: unknown): Error {
  const { code, message, name } = anatomy(error);
  const cut = message.lastIndexOf(' - ');
  const cause = new Error(cut < 0 ? message : message.slice(cut + 3));
  return Object.assign(cause, { name, ...(code !== '' && { code }) });
}

function anatomy(error: unknown): { code: string; message: string; name: string } {
  // By its parts, not by its class: a native driver that is shared between realms throws errors of another realm.
  const parts = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const textOf = (part: unknown, otherwise: string): string => (typeof part === 'string' ? part : otherwise);
  return {
    code: textOf(parts['code'], ''),
    message: textOf(parts['message'], String(error)),
    name: textOf(parts['name'], 'Error'),
  };
}

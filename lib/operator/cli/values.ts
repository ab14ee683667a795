import { InvalidArgumentError } from 'commander';
import { latinDigits } from '../../core/iran';
import type { PaymentStatus } from '../../core/record';
import { EVERY } from '../../core/statuses';
import { parseWhen, type When } from '../dates';
import type { ColumnName } from '../reconcile/columns';
import { COLUMN_NAMES, mapping } from '../reconcile/mapping';

/** A day or a minute. */
export function when(text: string): When {
  const read = parseWhen(text, Date.now());
  if (read) return read;
  throw new InvalidArgumentError(
    'It takes a day such as 1405-09-07, 2026-11-28, today or yesterday, or a minute such as "1405-09-07 14:30", Tehran time.',
  );
}

/** Statuses with commas between them. */
export function statuses(text: string): PaymentStatus[] {
  return text.split(',').map((word) => {
    const status = EVERY.find((known) => known === word.trim());
    if (status) return status;
    throw new InvalidArgumentError(`It takes ${EVERY.join(', ')}.`);
  });
}

/** The last four digits of a card. */
export function cardEnd(text: string): string {
  const digits = latinDigits(text).trim();
  if (/^\d{4}$/.test(digits)) return digits;
  throw new InvalidArgumentError('It takes the last four digits of the card, nothing more.');
}

/** How many payments to list. */
export function limit(text: string): number {
  const digits = latinDigits(text).trim();
  const value = /^\d+$/.test(digits) ? Number(digits) : 0;
  if (value >= 1 && value <= 1_000) return value;
  throw new InvalidArgumentError('It takes a whole number from 1 to 1000.');
}

/** A whole amount. */
export function amount(text: string): number {
  const digits = latinDigits(text).replace(/[\s,٬،_]/g, '');
  if (/^[1-9]\d{0,14}$/.test(digits)) return Number(digits);
  throw new InvalidArgumentError('It takes a whole amount above 0.');
}

/** `amount=Sum`: which of the report's columns is which; may be given several times. */
export function mappings(
  text: string,
  before: Partial<Record<ColumnName, string>> = {},
): Partial<Record<ColumnName, string>> {
  const read = mapping(text);
  if (read) return { ...before, ...read };
  throw new InvalidArgumentError(
    `It takes <column>=<name in the report>; columns: ${COLUMN_NAMES.join(', ')}.`,
  );
}

/** Digits of any script as Latin ones, without pasted marks and spaces. */
export const key = (text: string): string =>
  latinDigits(text)
    .replace(/\p{Cf}/gu, '')
    .trim();

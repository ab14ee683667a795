import { InvalidArgumentError } from 'commander';
import { latinDigits } from '../../core/iran';
import type { PaymentStatus } from '../../core/record';
import { EVERY } from '../../core/statuses';
import type { Locale } from '../../texts';
import { parseWhen, type When } from '../dates';
import type { ColumnName } from '../reconcile/columns';
import { COLUMN_NAMES, mapping } from '../reconcile/mapping';
import { valueProblems, type Saying } from '../texts/problems';

type Mappings = Partial<Record<ColumnName, string>>;

/** Readers of the options' values; what they refuse, they refuse in the reader's language. */
export interface Values {
  /** A day or a minute. */
  when: (text: string) => When;
  /** Statuses with commas between them. */
  statuses: (text: string) => PaymentStatus[];
  /** The last four digits of a card. */
  cardEnd: (text: string) => string;
  /** How many payments to list. */
  limit: (text: string) => number;
  /** A whole amount. */
  amount: (text: string) => number;
  /** `amount=Sum`: which of the report's columns is which; may be given several times. */
  mappings: (text: string, before?: Mappings) => Mappings;
}

/** The readers in a language. */
export function valuesIn(locale: Locale): Values {
  const refuse = (problem: Saying): never => {
    throw new InvalidArgumentError(problem(locale));
  };
  return {
    when: (text) => parseWhen(text, Date.now()) ?? refuse(valueProblems.when),
    statuses: (text) =>
      text
        .split(',')
        .map((word) => EVERY.find((known) => known === word.trim()) ?? refuse(valueProblems.oneOf(EVERY))),
    cardEnd: (text) => digitsOf(text, /^\d{4}$/) ?? refuse(valueProblems.cardEnd),
    limit: (text) => {
      const value = Number(digitsOf(text, /^\d+$/) ?? 0);
      return value >= 1 && value <= 1_000 ? value : refuse(valueProblems.limit);
    },
    amount: (text) => {
      const digits = digitsOf(text.replace(/[\s,٬،_]/g, ''), /^[1-9]\d{0,14}$/);
      return digits === undefined ? refuse(valueProblems.amount) : Number(digits);
    },
    mappings: (text, before = {}) => ({
      ...before,
      ...(mapping(text) ?? refuse(valueProblems.mapping(COLUMN_NAMES))),
    }),
  };
}

/** A text in Latin digits, if it has this form. */
function digitsOf(text: string, form: RegExp): string | undefined {
  const digits = latinDigits(text).trim();
  return form.test(digits) ? digits : undefined;
}

/** Digits of any script as Latin ones, without pasted marks and spaces. */
export const key = (text: string): string =>
  latinDigits(text)
    .replace(/\p{Cf}/gu, '')
    .trim();

import type { PaymentStatus } from '../core/record';
import type { LookUp } from './payments';
import { misuse } from './wording';

/** Options as they were written. */
export type Values = Partial<Record<string, string | boolean>>;

/** An option's text, if it was given. */
export const textIn = (values: Values, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

/** What `list` is asked for. @throws DeskError with exit code 2 */
export function filterOf(values: Values): LookUp & { limit: number } {
  const since = textIn(values, 'since');
  const until = textIn(values, 'until');
  return {
    account: textIn(values, 'account'),
    orderId: textIn(values, 'order'),
    referenceNumber: textIn(values, 'reference'),
    traceNumber: textIn(values, 'trace'),
    statuses: textIn(values, 'status')?.split(',').map(statusOf),
    cardEnd: cardEnd(textIn(values, 'card')),
    begun: {
      from: since === undefined ? undefined : timeOf('since', since, 0),
      before: until === undefined ? undefined : timeOf('until', until, 1),
    },
    limit: limitOf(textIn(values, 'limit')),
  };
}

const STATUSES: readonly PaymentStatus[] = [
  'created',
  'pending',
  'received',
  'verifying',
  'paid',
  'failed',
  'review',
];

function statusOf(word: string): PaymentStatus {
  const status = STATUSES.find((known) => known === word.trim());
  if (status) return status;
  throw misuse(`--status takes ${STATUSES.join(', ')}, not "${word}".`);
}

function cardEnd(digits: string | undefined): string | undefined {
  if (digits === undefined || /^\d{4}$/.test(digits)) return digits;
  throw misuse('--card takes the last four digits of the card, nothing more.');
}

/** A local date or time; a date alone is its first moment, or `days` later. */
function timeOf(option: string, value: string, days: number): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?$/.exec(value)?.slice(1) ?? [];
  const [year = NaN, month = NaN, day = NaN, hour, minute] = parts.filter(Boolean).map(Number);
  const date = new Date(year, month - 1, day, hour ?? 0, minute ?? 0);
  const real = date.getMonth() === month - 1 && date.getDate() === day;
  if (!real) {
    throw misuse(`--${option} takes a date such as 2026-01-31 or 2026-01-31T14:30, not "${value}".`);
  }
  if (hour === undefined) date.setDate(day + days);
  return date.getTime();
}

function limitOf(value: string | undefined): number {
  if (value === undefined) return 20;
  const limit = /^\d+$/.test(value) ? Number(value) : 0;
  if (limit >= 1 && limit <= 10_000) return limit;
  throw misuse(`--limit takes a whole number from 1 to 10000, not "${value}".`);
}

import type { PaymentRecord } from 'express-atipay';
import { appendEntry, withoutWords } from '../../../lib/core/history';
import type { Input } from '../../../lib/core/guards';
import { REASONS } from '../../../lib/core/reasons';
import { TRANSITIONS } from '../../../lib/core/transitions';
import type { Transition } from '../../../lib/core/transitions/row';

/** A row of the table for any event. */
type Row = Transition<never>;

/** A stored change of a payment. */
interface Change {
  before: PaymentRecord;
  after: PaymentRecord;
}

/** The rows that change something. */
const ROWS: readonly Row[] = Object.values(TRANSITIONS)
  .flatMap((rows): readonly Row[] => rows)
  .filter(({ to, set, history, reason }) => to ?? set ?? history ?? reason);

/** Whether a row of the machine's table leads from one record to the other. */
export const hasRow = (change: Change): boolean => ROWS.some((row) => leads(row, change));

const leads = (row: Row, change: Change): boolean =>
  fitsStatus(row, change) && fitsReason(row, change) && fitsHistory(row, change) && fitsFields(row, change);

function fitsStatus({ from, to }: Row, { before, after }: Change): boolean {
  return from.includes(before.status) && after.status === (to ?? before.status);
}

function fitsReason({ reason }: Row, { before, after }: Change): boolean {
  const { status, failureReason } = after;
  if (typeof reason === 'string') return failureReason === reason;
  if (reason) return failureReason !== null && REASONS[failureReason].status === status;
  return failureReason === (status === before.status ? before.failureReason : null);
}

/** The history has the row's entry and is otherwise as it was. */
function fitsHistory({ history }: Row, { before, after }: Change): boolean {
  const event = typeof history === 'function' ? history({ record: before } as Input<never>) : history;
  if (event === undefined) return isSame(after.history, before.history);
  const entry = after.history.at(-1);
  if (entry?.event !== event || entry.status !== after.status || entry.at !== after.updatedAt) return false;
  const earlier = event === 'purged' ? before.history.map(withoutWords) : before.history;
  return isSame(after.history, appendEntry(earlier, entry));
}

/** Fields that every transition may write. */
const COMMON: ReadonlySet<keyof PaymentRecord> = new Set([
  'version',
  'updatedAt',
  'history',
  'failureReason',
  'dueAt',
] as const);

/** A row that sets nothing and leads to no other status writes nothing but its entry. */
function fitsFields({ to, set }: Row, { before, after }: Change): boolean {
  if (set !== undefined || (to !== undefined && to !== before.status)) return true;
  const fields = Object.keys(after) as (keyof PaymentRecord)[];
  return fields.every((field) => COMMON.has(field) || isSame(after[field], before[field]));
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

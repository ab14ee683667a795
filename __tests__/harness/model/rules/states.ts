import { foldReceipt } from '../../../../lib/core/receipt';
import type { PaymentRecord } from '../../../../lib/core/record';
import { STATUSES } from '../../../../lib/core/statuses';
import type { State, Truth } from '../state';

/** A rule of every state: its violation, if there is one. */
export interface StateRule {
  rule: string;
  broken: (state: State) => boolean;
  /** After something went back in time the rule cannot hold: the knowledge of the lost writes is lost. */
  lostByRewind?: boolean;
}

const rowsOf = ({ db }: State): PaymentRecord[] => db.rows.filter((row) => row !== undefined);

const truthOf = ({ gateway }: State, { referenceNumber }: PaymentRecord): Truth =>
  (referenceNumber === null ? undefined : gateway[foldReceipt(referenceNumber)]) ?? 'open';

const anyRow = (state: State, holds: (row: PaymentRecord, place: number) => boolean): boolean =>
  state.db.rows.some((row, place) => row !== undefined && holds(row, place));

const repeats = (values: readonly (string | null)[]): boolean => {
  const present = values.filter((value) => value !== null);
  return new Set(present).size < present.length;
};

const isHeld = ({ status }: PaymentRecord): boolean => STATUSES[status].holdsOrder;

export const STATE_RULES: readonly StateRule[] = [
  {
    rule: 'Rule 1: a payment is paid by an equal amount or by a person',
    broken: (state) =>
      anyRow(
        state,
        (row, place) =>
          row.status === 'paid' && truthOf(state, row) !== 'taken' && state.memory.byStaff[place] !== true,
      ),
  },
  {
    rule: 'Rule 2: a receipt belongs to one payment, in every form',
    broken: (state) =>
      repeats(
        rowsOf(state).map(({ referenceNumber }) =>
          referenceNumber === null ? null : foldReceipt(referenceNumber),
        ),
      ),
  },
  {
    rule: 'Rule 3: an order is held by one payment',
    broken: (state) =>
      repeats(
        rowsOf(state)
          .filter(isHeld)
          .map(({ orderId }) => orderId),
      ),
  },
  {
    rule: 'Rule 3: a payment has its order key while it holds the order, and only then',
    broken: (state) => anyRow(state, (row) => isHeld(row) !== (row.orderKey !== null)),
  },
  {
    rule: 'Rule 5: no payment fails while the gateway has taken its money',
    lostByRewind: true,
    broken: (state) =>
      anyRow(
        state,
        (row, place) =>
          row.status === 'failed' &&
          truthOf(state, row) === 'taken' &&
          row.failureReason !== 'ResolvedByHand' &&
          state.memory.reported[place] !== true,
      ),
  },
  {
    rule: 'Rule 6: the writes of a hook’s transaction are applied once',
    broken: ({ db }) => db.shop.some(({ paid, failed, review }) => paid > 1 || failed > 1 || review > 1),
  },
  {
    rule: 'Rule 6: an applied mark stands for a write of the shop',
    broken: (state) =>
      anyRow(state, (row, place) => row.hookAppliedAt !== null && appliedTo(state, row, place) === 0),
  },
  {
    rule: 'Rule 6: a hook is delivered when the shop has written the outcome',
    broken: (state) =>
      anyRow(
        state,
        (row, place) =>
          row.hookDeliveredAt !== null &&
          appliedTo(state, row, place) === 0 &&
          !(row.status === 'failed' && state.db.shop[place]?.skipped),
      ),
  },
  {
    rule: 'A lease, and every next date, has a due date',
    broken: (state) =>
      anyRow(state, (row) => row.dueAt === null && !(STATUSES[row.status].final || row.status === 'review')),
  },
];

function appliedTo({ db }: State, { status }: PaymentRecord, place: number): number {
  const books = db.shop[place];
  return books && (status === 'paid' || status === 'failed' || status === 'review') ? books[status] : 0;
}

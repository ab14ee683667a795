import type { EventName } from '../../../../lib/core/event';
import type { PaymentRecord, PaymentStatus } from '../../../../lib/core/record';
import { ALIVE } from '../../../../lib/core/statuses';
import { heldOf, type State, type Taken, type Work } from '../state';
import { placeOf } from '../world';

/** A rule of every step. */
export interface StepRule {
  rule: string;
  broken: (taken: Taken) => boolean;
  /** After something went back in time the rule cannot hold: the knowledge of the lost writes is lost. */
  lostByRewind?: boolean;
}

/** The row of the payment that a step is about, before and after. */
export const rowsOf = ({
  before,
  after,
  happened: { payment = -1 },
}: Taken): { old: PaymentRecord | undefined; row: PaymentRecord | undefined } => ({
  old: before.db.rows[payment],
  row: after.db.rows[payment],
});

export const statusesOf = (
  taken: Taken,
): { from: PaymentStatus | undefined; to: PaymentStatus | undefined } => {
  const { old, row } = rowsOf(taken);
  return { from: old?.status, to: row?.status };
};

export const isOn = ({ happened }: Taken, ...names: EventName[]): boolean =>
  happened.event !== undefined && names.includes(happened.event.on);

/** Work of other processes for a payment that is under a running lease. */
export const othersUnderLease = (state: State, held: PaymentRecord, at: Work['at']): number =>
  state.processes.filter((work) => {
    const theirs = heldOf(work);
    return (
      work.at === at &&
      theirs?.invoiceNumber === held.invoiceNumber &&
      theirs.status === held.status &&
      theirs.version !== held.version &&
      (theirs.leaseUntil ?? 0) > state.now
    );
  }).length;

/** An attempt or a call for the status that the row is in. One that the row has left behind decides nothing more. */
export const inFlight = ({ db, ...state }: State, payment = -1): boolean =>
  state.processes.some((work) => {
    const held = heldOf(work);
    return (
      (work.at === 'asked' || work.at === 'hook') &&
      held !== undefined &&
      placeOf(held) === payment &&
      held.status === db.rows[payment]?.status &&
      (held.leaseUntil ?? 0) > state.now
    );
  });

export const othersOf = ({ db }: State, { invoiceNumber, orderId }: PaymentRecord): PaymentRecord[] =>
  db.rows.filter(
    (row): row is PaymentRecord => row?.orderId === orderId && row.invoiceNumber !== invoiceNumber,
  );

export const isAlive = ({ status }: PaymentRecord): boolean => ALIVE.includes(status);

/** Fields that staff's notes and give-backs leave alone. */
export const untouched = (row: PaymentRecord | undefined): string =>
  JSON.stringify({ ...row, version: 0, history: [], updatedAt: 0, givenBack: 0, givenBackAt: null });

export const becomes = (taken: Taken, status: PaymentStatus): boolean => {
  const { from, to } = statusesOf(taken);
  return from !== status && to === status;
};

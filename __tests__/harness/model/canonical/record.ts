import { foldReceipt } from '../../../../lib/core/receipt';
import type { PaymentRecord } from '../../../../lib/core/record';
import { STATUSES } from '../../../../lib/core/statuses';
import type { State } from '../state';
import { placeOf, POLICY, type World } from '../world';

/** The reference values for a record's text. */
export interface Frame {
  world: World;
  state: State;
  /** By payment: the base of the counts of attempts and refusals. */
  bases: readonly { attempts: number; refusals: number }[];
  /** Versions are counted, so that their values matter. */
  rawVersions: boolean;
}

const STATUS_LETTERS = {
  created: 'c',
  pending: 'p',
  received: 'r',
  verifying: 'v',
  paid: 'P',
  failed: 'F',
  review: 'R',
} as const;

/** The parts of a record that a decision depends on: times from now on, counts from the least, versions by whose. */
export function recordText(record: PaymentRecord, frame: Frame): string {
  const { now } = frame.state;
  const { status, failureReason: reason, hookAttempts, givenBack } = record;
  const receivedAgo = windowText(record, now);
  const times = [record.expiresAt, record.nextVerifyAt, record.nextHookAt].map((time) => ahead(time, now));
  const marks = `${record.orderKey === null ? '' : 'o'}${record.hookAppliedAt === null ? '' : 'a'}${record.hookDeliveredAt === null ? '' : 'd'}`;
  const last = status === 'received' ? (record.history.at(-1)?.event ?? '') : '';
  const receipt = receiptsText(record, frame.world);
  return `${STATUS_LETTERS[status]}${versionText(record, frame)}${receipt},${marks},${reason ?? ''},${receivedAgo},${leaseText(record, frame)},${times.join()},${countsText(record, frame)},${hookAttempts},${givenBack},${last}`;
}

/** A time as its distance from now. All that has passed is alike. */
const ahead = (time: number | null, now: number): string =>
  time === null ? '-' : String(Math.max(time - now, 0));

/** When the verify window ends, as far as a decision depends on it. */
function windowText({ receivedAt, createdAt, status }: PaymentRecord, now: number): string {
  if (STATUSES[status].final) return '';
  const past = receivedAt === null ? 0 : -POLICY.reviewForMs;
  return String(Math.max((receivedAt ?? createdAt) + POLICY.verifyWindowMs - now, past));
}

/** A lease that is over matters only where it is compared: with the row's, or the backup's. */
function leaseText(record: PaymentRecord, { state }: Frame): string {
  const { leaseUntil } = record;
  if (leaseUntil === null) return '-';
  if (leaseUntil > state.now) return String(leaseUntil - state.now);
  const place = placeOf(record);
  const isRows = leaseUntil === state.db.rows[place]?.leaseUntil;
  const isBackups = leaseUntil === state.backup?.rows[place]?.leaseUntil;
  return `e${isRows ? 'r' : ''}${isBackups ? 'b' : ''}`;
}

/** A version that is not in the database, nor in its backup, never comes again. */
function versionText(record: PaymentRecord, { state, rawVersions }: Frame): string {
  if (rawVersions) return `#${record.version}`;
  const place = placeOf(record);
  if (record.version === state.db.rows[place]?.version) return '=';
  return record.version === state.backup?.rows[place]?.version ? '<' : '?';
}

function countsText(record: PaymentRecord, { bases }: Frame): string {
  const { verifyAttempts, shopRefusals } = record;
  const base = bases[placeOf(record)];
  const attempts = verifyAttempts - (base?.attempts ?? 0);
  const refusals = shopRefusals - (base?.refusals ?? 0);
  return `${attempts}.${refusals}.${verifyAttempts - shopRefusals}`;
}

function receiptsText(record: PaymentRecord, world: World): string {
  const { referenceNumber, receiptKey } = record;
  if (referenceNumber === null) return receiptKey === null ? '' : '!';
  const name = receiptText(referenceNumber, placeOf(record), world);
  return receiptKey === foldReceipt(referenceNumber) ? name : `${name}!`;
}

/** A receipt seen from a payment: the first of this payment, the second of it, or one of the other payment. */
export function receiptText(receipt: string, payment: number, { receipts }: World): string {
  const own = receipts[payment]?.indexOf(receipt) ?? -1;
  return own === -1 ? `x${receipts[1 - payment]?.indexOf(receipt) ?? ''}` : String(own);
}

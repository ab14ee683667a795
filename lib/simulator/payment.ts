import { randomBytes, randomInt } from 'node:crypto';
import type { WayBack } from './way-back';
import type { SimulatorMerchant } from './options';
import type { SimulatorState } from './states';

/** Where the money is, and where the buyer is. */
export type SimulatorPaymentStatus =
  'token issued' | 'at bank' | 'taken' | 'verified' | 'returned' | 'cancelled' | 'failed' | 'expired';

/** One line of a payment's story, by the simulator's time. */
export interface TimelineEntry {
  /** Epoch milliseconds. */
  at: number;
  /** The event. */
  note: string;
}

/** A payment as the gateway's books have it. Amounts are Rials, times are epoch milliseconds. */
export interface SimulatorPayment {
  /** The shop's number for it. */
  invoiceNumber: string;
  /** Rials. */
  amount: number;
  /** The token of get-token. */
  token: string;
  /** The merchant's terminal. */
  terminalId: string;
  /** Where the buyer is POSTed back to. */
  redirectUrl: string;
  /** As get-token had it. */
  cellNumber?: string;
  /** As get-token had it. */
  description?: string;
  /** `scatteredSettlementItems`, as get-token had them. */
  settlement?: {
    /** The share's IBAN. */
    iban: string;
    /** Rials. */
    amount: number;
  }[];
  /** Where it stands. */
  status: SimulatorPaymentStatus;
  /** How the buyer's visit ended, once it has. */
  state?: SimulatorState;
  /** The digital receipt; only payments that were taken have one. */
  referenceNumber?: string;
  /** The number the buyer sees at the bank. */
  traceNumber?: string;
  /** The bank's retrieval reference number. */
  rrn?: string;
  /** The card, its middle hidden. */
  maskedPan?: string;
  /** When the token was issued. */
  issuedAt: number;
  /** When the token is worth nothing any more. */
  expiresAt: number;
  /** When the buyer came to the bank. */
  atBankAt?: number;
  /** When the buyer paid. */
  takenAt?: number;
  /** When verify-payment first confirmed it. */
  verifiedAt?: number;
  /** How often verify-payment has confirmed it. */
  verifyCount: number;
  /** When the money went back. */
  returnedAt?: number;
  /** The `Referer` of each visit to redirect-to-gateway; the empty string when there was none. */
  referers: string[];
  /** Its story, oldest first. */
  timeline: TimelineEntry[];
}

/** A payment with the fields that only the simulator sees. */
export interface Entry extends SimulatorPayment {
  merchant: SimulatorMerchant;
  /** Names the buyer's session at the bank. */
  ticket: string;
  /** Decided when the buyer first leaves the bank. */
  wayBack?: WayBack;
}

const FAKE_PAN = '999999******9999';
const RECEIPT_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const digits = (length: number) => Array.from({ length }, () => randomInt(10)).join('');

/** 50 characters as banks write them: mixed case, `+`, and always a `/`. */
export function newReceipt(): string {
  const characters = Array.from({ length: 50 }, () => RECEIPT_ALPHABET[randomInt(64)] ?? 'A');
  characters[randomInt(50)] = '/';
  return characters.join('');
}

export const newToken = (): string => randomBytes(16).toString('hex');

export const note = (entry: Entry, at: number, text: string): void =>
  void entry.timeline.push({ at, note: text });

/** The buyer has arrived at the bank; the token is spent. */
export function arrive(entry: Entry, now: number): void {
  entry.status = 'at bank';
  entry.atBankAt = now;
  note(entry, now, 'The buyer is at the bank.');
}

/** Ends the buyer's visit. `OK` takes the money, and gives the receipt for it. */
export function finish(entry: Entry, state: SimulatorState, now: number): void {
  entry.state = state;
  if (state === 'OK') {
    take(entry, now);
    return;
  }
  entry.status = state === 'CanceledByUser' ? 'cancelled' : state === 'SessionIsNull' ? 'expired' : 'failed';
  note(entry, now, `The buyer's visit ended: ${state}.`);
}

function take(entry: Entry, now: number): void {
  Object.assign(entry, {
    status: 'taken',
    takenAt: now,
    referenceNumber: newReceipt(),
    traceNumber: digits(6),
    rrn: digits(12),
    maskedPan: FAKE_PAN,
  });
  note(entry, now, 'The buyer has paid; the money waits for verify-payment.');
}

/** The shop has confirmed the sale. */
export function confirm(entry: Entry, now: number): void {
  entry.status = 'verified';
  entry.verifiedAt ??= now;
  entry.verifyCount += 1;
  note(entry, now, entry.verifyCount === 1 ? 'Verified: the money is the shop’s.' : 'Verified again.');
}

/** Applies the effects of time: tokens expire, unverified money goes back. */
export function age(entry: Entry, now: number, returnAfterMs: number): void {
  if (entry.status === 'token issued' && now >= entry.expiresAt) {
    entry.status = 'expired';
    note(entry, entry.expiresAt, 'The token expired before the buyer came.');
  }
  if (entry.status === 'at bank' && now >= entry.expiresAt) finish(entry, 'SessionIsNull', entry.expiresAt);
  if (entry.status === 'taken' && entry.takenAt !== undefined && now >= entry.takenAt + returnAfterMs) {
    entry.status = 'returned';
    entry.returnedAt = entry.takenAt + returnAfterMs;
    note(entry, entry.returnedAt, 'Never verified: the money went back to the buyer.');
  }
}

/** The entry as the shop's tests may see it: a copy. */
export function toPublic(entry: Entry): SimulatorPayment {
  const payment: Partial<Entry> & SimulatorPayment = { ...entry };
  delete payment.merchant;
  delete payment.ticket;
  delete payment.wayBack;
  return structuredClone(payment);
}

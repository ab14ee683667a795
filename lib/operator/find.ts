import { latinDigits, normalizeCellNumber } from '../core/iran';
import { isInvoiceNumber } from '../core/order';
import { isReceipt } from '../core/receipt';
import type { PaymentRecord } from '../core/record';
import type { PaymentFilter, TimeRange } from '../stores/store';
import { DAY } from './dates';
import type { Operator } from './operator';

/** The possible readings of a pasted text. */
export type FindKind =
  | 'invoiceNumber'
  | 'orderId'
  | 'referenceNumber'
  | 'traceNumber'
  | 'rrn'
  | 'cellNumber'
  | 'cardEnd'
  | 'amount';

/** One reading of a pasted text. */
export interface Guess {
  kind: FindKind;
  /** As payments hold it; of an amount, Rials. */
  value: string;
}

/** The payments found for one reading. */
export interface Finding extends Guess {
  /** Newest first. */
  payments: PaymentRecord[];
  /** There are more. */
  more: boolean;
}

/** The result of a search. */
export interface Found {
  /** Every reading that was tried, the likeliest first. */
  guesses: Guess[];
  /** The readings that found something. */
  findings: Finding[];
  /** Each payment found, once, the likeliest first. */
  payments: PaymentRecord[];
}

/** Payments shown for one reading. */
const LIMIT = 50;
/** Payments that a search by amount reads at most: no index holds amounts. */
const MOST_READ = 5_000;
const AMOUNT_DAYS = 3;

/** Looks a pasted text up under every reading it has. */
export async function find(operator: Operator, text: string, begun?: TimeRange): Promise<Found> {
  const guesses = understand(text, begun !== undefined);
  const looked = await Promise.all(guesses.map((guess) => lookUp(operator, guess, begun)));
  const findings = looked.filter(({ payments }) => payments.length > 0);
  const payments = new Map(
    findings.flatMap((finding) => finding.payments.map((payment) => [payment.invoiceNumber, payment])),
  );
  return { guesses, findings, payments: [...payments.values()] };
}

/** The readings of a pasted text, the likeliest first. `timed`: the caller named a time, so that a number may be an amount. */
export function understand(text: string, timed = false): Guess[] {
  const pasted = latinDigits(text)
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/^#/, '');
  if (pasted === '') return [];
  const compact = pasted.replace(/[\s\p{Pd}]/gu, '');
  const guesses = [
    ...(isInvoiceNumber(compact) ? [guess('invoiceNumber', compact)] : []),
    ...cellNumber(pasted),
    ...card(pasted, compact),
    guess('orderId', pasted),
    ...numbers(compact),
    ...receipt(pasted),
    ...amounts(pasted, timed),
  ];
  return guesses;
}

const guess = (kind: FindKind, value: string): Guess => ({ kind, value });

const cellNumber = (text: string): Guess[] => {
  const number = normalizeCellNumber(text);
  return number === undefined ? [] : [guess('cellNumber', number)];
};

/** The last four digits: alone, of a whole card number, or of one with its middle hidden. */
function card(text: string, compact: string): Guess[] {
  const end =
    /^(?:…|\.{2,}|[x*•]+)?(\d{4})$/i.exec(compact)?.[1] ??
    /^\d{4,8}[x*•.…]+(\d{4})$/i.exec(compact)?.[1] ??
    (/^\d{4}([\s\p{Pd}])\d{4}\1\d{4}\1\d{4}$/u.test(text) || /^\d{16}$/.test(compact)
      ? compact.slice(-4)
      : undefined);
  return end === undefined ? [] : [guess('cardEnd', end)];
}

/** Of digits alone. */
function numbers(compact: string): Guess[] {
  if (!/^\d{1,25}$/.test(compact)) return [];
  const padded = compact.length < 12 ? [guess('rrn', compact.padStart(12, '0'))] : [];
  return [guess('traceNumber', compact), guess('rrn', compact), ...(compact.length >= 6 ? padded : [])];
}

function receipt(text: string): Guess[] {
  const joined = text.replace(/\s/g, '');
  return joined.length >= 6 && isReceipt(joined) ? [guess('referenceNumber', joined)] : [];
}

const AMOUNT = /^(\d{1,3}(?:[,٬،]\d{3})+|\d{4,13})\s*(rials?|irr|ریال|tomans?|irt|تومان|تومن)?$/iu;

/** With a unit, that; without one, both: buyers say Tomans, banks Rials. */
function amounts(text: string, timed: boolean): Guess[] {
  const [, digits = '', unit] = AMOUNT.exec(text) ?? [];
  const looksLikeAmount = /[,٬،]/.test(digits) || unit !== undefined || timed;
  if (digits === '' || !looksLikeAmount) return [];
  const value = Number(digits.replace(/[,٬،]/g, ''));
  const inRials = unit === undefined ? [value, value * 10] : [isToman(unit) ? value * 10 : value];
  return inRials.map((amount) => guess('amount', String(amount)));
}

const isToman = (unit: string): boolean => /^(?:t|irt|تو)/i.test(unit);

async function lookUp(operator: Operator, guess: Guess, begun: TimeRange | undefined): Promise<Finding> {
  if (guess.kind === 'amount') return byAmount(operator, guess, begun);
  const { store, account } = operator;
  const filter: PaymentFilter = { account, begun, limit: LIMIT, [guess.kind]: guess.value };
  const { payments, next } = await store.search(filter);
  return { ...guess, payments, more: next !== null };
}

/** Reads the payments of a time, at most {@link MOST_READ}, newest first. */
async function byAmount(operator: Operator, guess: Guess, begun: TimeRange | undefined): Promise<Finding> {
  const { store, account, now } = operator;
  const range = begun ?? { from: now() - AMOUNT_DAYS * DAY };
  const payments: PaymentRecord[] = [];
  let after: string | undefined;
  for (let read = 0; read < MOST_READ && payments.length < LIMIT;) {
    const page = await store.search({ account, begun: range, limit: 1_000, after });
    payments.push(...page.payments.filter(({ amount }) => amount === Number(guess.value)));
    read += page.payments.length;
    if (page.next === null) return { ...guess, payments, more: false };
    after = page.next;
  }
  return { ...guess, payments: payments.slice(0, LIMIT), more: true };
}

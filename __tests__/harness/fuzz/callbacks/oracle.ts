import type { PaymentRecord } from 'express-atipay';
import type { Letter } from './letters';
import { FIELDS, TABLE_1 } from './values';

/** What may become of a payment by one callback; `sure`: it must. */
export interface Verdict {
  becomes: 'nothing new' | 'failed' | 'paid' | 'review';
  reason?: string;
  sure: boolean;
}

/** A letter once its payment is chosen, as far as an onlooker can tell. */
export interface Facts {
  letter: Letter;
  /** The payment in whose name the letter comes. */
  row: PaymentRecord;
  /** The path has the payment's invoice and its key. */
  opens: boolean;
  plain: Buffer;
  contentType: string | undefined;
  /** What the gateway says to a receipt. */
  judge: (receipt: string) => 'another payment has it' | 'not known' | { rials: number };
}

const NOTHING: Verdict = { becomes: 'nothing new', sure: true };

/**
 * The callback's rules read off the event table and rule 4, with parsers of its own. Where a body is written in a way
 * that parsers may differ on, the verdict is what may happen at most.
 */
export function verdict(facts: Facts): Verdict {
  const { letter, row, opens } = facts;
  if (!opens || letter.method !== 'POST' || letter.wire === 'cut off') return NOTHING;
  if (row.status !== 'pending' || letter.packing === 'said to be gzip') return NOTHING;
  const said = read(facts);
  if (said?.('reservationNumber')?.text !== row.invoiceNumber) return NOTHING;
  const sure = isPlain(facts);
  return { ...claim(facts, said, sure), sure };
}

type Said = { text: string } | undefined;
type Reader = (name: string) => Said;

function claim({ judge, row }: Facts, said: Reader, sure: boolean): Omit<Verdict, 'sure'> {
  const nothing = { becomes: 'nothing new' } as const;
  // Escapes that are none are read in two ways: what one cannot use, the other may.
  const unusable = (text: string): boolean => sure && text === UNUSABLE;
  if (namesAnother(said('terminalId')?.text ?? '', sure)) return nothing;
  const state = said('state')?.text ?? '';
  const status = said('status') ?? { text: '' };
  if (state === '' || unusable(state) || unusable(status.text)) return nothing;
  if (state !== 'OK') return { becomes: 'failed', reason: TABLE_1.includes(state) ? state : 'UnknownState' };
  const receipt = said('referenceNumber')?.text ?? '';
  if (!['', '0', '2'].includes(status.text) || receipt === '' || unusable(receipt)) return nothing;
  if (!IN_ASCII.test(receipt)) return nothing;
  const answer = judge(receipt);
  if (answer === 'another payment has it') return nothing;
  if (answer === 'not known') return { becomes: 'failed', reason: 'VerificationRefused' };
  return answer.rials === row.amount ? { becomes: 'paid' } : { becomes: 'review', reason: 'AmountMismatch' };
}

/** A terminal that nobody can read names none; in another charset than ours that may be any but a plain one. */
function namesAnother(terminal: string, sure: boolean): boolean {
  if (['', UNUSABLE, '12345678'].includes(terminal)) return false;
  return sure || /^[ -~]*$/.test(terminal);
}

const isForm = (type = ''): boolean => /^application\/x-www-form-urlencoded *(;|$)/i.test(type);
const isJson = (type = ''): boolean => /^application\/json *(;|$)/i.test(type);

function read({ letter, plain, contentType }: Facts): Reader | undefined {
  // An app that reads every body as bytes leaves it to be taken for a form.
  if (letter.mount === '/raw') return readForm(plain.toString());
  if (isForm(contentType)) return readForm(isLatin(contentType) ? fromLatin(plain) : plain.toString());
  return letter.mount === '/parsed' && isJson(contentType) ? readJson(plain.toString()) : undefined;
}

const isLatin = (type = ''): boolean => /charset=iso-8859-1/i.test(type);

/** The same form as if it had been written in UTF-8. */
const fromLatin = (plain: Buffer): string =>
  plain
    .toString('latin1')
    .replace(/%([0-9a-f]{2})/gi, (_escaped, hex: string) =>
      encodeURIComponent(String.fromCharCode(parseInt(hex, 16))),
    );

const readForm = (text: string): Reader => {
  const fields = new URLSearchParams(text);
  return (name) => {
    const [first, second] = fields.getAll(name);
    if (first === undefined) return undefined;
    return second === undefined ? usable(first) : { text: UNUSABLE };
  };
};

function readJson(text: string): Reader | undefined {
  try {
    const fields = new Map(Object.entries(JSON.parse(text) as object) as [string, unknown][]);
    return (name) => {
      const value = fields.get(name);
      if (value === undefined || value === null) return undefined;
      if (typeof value === 'number' && Number.isSafeInteger(value)) return { text: String(value) };
      return typeof value === 'string' ? usable(value) : { text: UNUSABLE };
    };
  } catch {
    return undefined;
  }
}

/** Receipts are written in printable ASCII. */
const IN_ASCII = /^[\x20-\x7e]+$/;

/** Controls, halves of characters, ends of lines, and what turns lines around. */
const UNRULY = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** A text that no field can have. */
const UNUSABLE = '\0';

function usable(raw: string): Said {
  const text = raw.trim();
  return { text: text.length <= 64 && !UNRULY.test(text) ? text : UNUSABLE };
}

/** Written as browsers write forms, so that there is one way to read it. */
function isPlain({ letter, plain, contentType }: Facts): boolean {
  return (
    letter.script === 'form' &&
    letter.packing === 'plain' &&
    plain.length <= 16 * 1024 &&
    (contentType === 'application/x-www-form-urlencoded' || letter.mount === '/raw') &&
    letter.fields.every(([name]) => Object.hasOwn(FIELDS, name))
  );
}

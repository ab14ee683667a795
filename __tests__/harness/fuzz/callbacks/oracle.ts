import type { PaymentRecord } from 'express-atipay';
import type { Letter } from './letters';
import { FIELDS, TABLE_1 } from './values';

/** The allowed outcomes of one callback; `sure`: it must. */
export interface Verdict {
  becomes: 'nothing new' | 'failed' | 'paid' | 'review';
  reason?: string;
  sure: boolean;
}

/** A letter once its payment is chosen, as far as an onlooker can see. */
export interface Facts {
  letter: Letter;
  /** The payment in whose name the letter comes. */
  row: PaymentRecord;
  /** The path has the payment's invoice and its key. */
  opens: boolean;
  plain: Buffer;
  contentType: string | undefined;
  /** The gateway's answer to a receipt. */
  judge: (receipt: string) => 'another payment has it' | 'not known' | { rials: number };
}

const NOTHING: Verdict = { becomes: 'nothing new', sure: true };

/**
 * The callback's rules read off the event table and rule 4, with separate parsers. Where a body is written in a way
 * that parsers may differ on, the verdict is the most that may happen.
 */
export function verdict(facts: Facts): Verdict {
  const { letter, row, opens } = facts;
  if (!opens || letter.method !== 'POST' || letter.wire === 'cut off') return NOTHING;
  if (row.status !== 'pending' || letter.packing === 'said to be gzip') return NOTHING;
  const said = read(facts);
  if (!said) return NOTHING;
  const sure = isPlain(facts);
  return { ...claim(facts, said, sure), sure };
}

type Said = { text: string } | undefined;
type Reader = (name: string) => Said;
type Outcome = Omit<Verdict, 'sure'>;

const NOTHING_NEW: Outcome = { becomes: 'nothing new' };

function claim(facts: Facts, said: Reader, sure: boolean): Outcome {
  const invoice = said('reservationNumber')?.text ?? '';
  if (invoice !== '' && invoice !== facts.row.invoiceNumber) return NOTHING_NEW;
  if (namesAnother(said('terminalId')?.text ?? '', sure)) return NOTHING_NEW;
  const state = usableOf(said('state'));
  const status = usableOf(said('status'));
  const receipt = said('referenceNumber')?.text ?? '';
  const saysOk = folded(state) === 'ok';
  // Success, by name or by number, with a receipt is verified; a form with an invalid one proves nothing.
  if (saysOk || (status === '2' && receipt !== '')) {
    const verifiable = invoice !== '' && isReceipt(receipt);
    return verifiable ? judged(facts, receipt) : NOTHING_NEW;
  }
  if (sure && said('state')?.text === UNUSABLE) return NOTHING_NEW;
  const reason = state === '' ? NUMBERS.get(status) : TABLE_1.find((name) => folded(name) === folded(state));
  return reason === undefined ? NOTHING_NEW : { becomes: 'failed', reason };
}

function judged({ judge, row }: Facts, receipt: string): Outcome {
  const answer = judge(receipt);
  if (answer === 'another payment has it') return NOTHING_NEW;
  if (answer === 'not known') return { becomes: 'failed', reason: 'VerificationRefused' };
  return answer.rials === row.amount ? { becomes: 'paid' } : { becomes: 'review', reason: 'AmountMismatch' };
}

/** A text that cannot be used says as little as none. */
const usableOf = (said: Said): string => (said === undefined || said.text === UNUSABLE ? '' : said.text);

/** States are compared by their letters. */
const folded = (state: string): string =>
  state
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace('cancelled', 'canceled');

/** Table 1 by number, but OK. */
const NUMBERS = new Map([
  ['1', 'CanceledByUser'],
  ['3', 'Failed'],
  ['4', 'SessionIsNull'],
  ['5', 'InvalidParameters'],
  ['8', 'MerchantIpAddressIsInvalid'],
  ['10', 'TokenNotFound'],
  ['11', 'TokenRequired'],
  ['12', 'TerminalNotFound'],
  ['21', 'MultisettlePolicyErrors'],
]);

/** Base64 in either alphabet, at most 50 characters, and not padding alone. */
const isReceipt = (text: string): boolean => /^[\w+/=-]{1,50}$/.test(text) && /[^=]/.test(text);

/** An unreadable terminal counts as none; in another charset than ours that may be any but a plain one. */
function namesAnother(terminal: string, sure: boolean): boolean {
  if (['', UNUSABLE, '12345678'].includes(terminal)) return false;
  return sure || /^[ -~]*$/.test(terminal);
}

const isForm = (type = ''): boolean => /^application\/x-www-form-urlencoded *(;|$)/i.test(type);
const isJson = (type = ''): boolean => /^application\/json *(;|$)/i.test(type);

function read({ letter, plain, contentType }: Facts): Reader | undefined {
  // An app that reads every body as bytes leaves it to be taken for a form.
  if (letter.mount === '/raw/payment') return readForm(plain.toString());
  const parsed = letter.mount === '/parsed/payment';
  // The router's parser takes a form of any charset for UTF-8.
  if (isForm(contentType)) {
    return readForm(parsed && isLatin(contentType) ? fromLatin(plain) : plain.toString(), parsed);
  }
  return parsed && isJson(contentType) ? readJson(plain.toString()) : undefined;
}

const isLatin = (type = ''): boolean => /charset=iso-8859-1/i.test(type);

/** The same form as if it had been written in UTF-8. */
const fromLatin = (plain: Buffer): string =>
  plain
    .toString('latin1')
    .replace(/%([0-9a-f]{2})/gi, (_escaped, hex: string) =>
      encodeURIComponent(String.fromCharCode(parseInt(hex, 16))),
    );

/** @param lists - `name[]` and `name[0]` are read as members of a list. */
function readForm(text: string, lists = false): Reader {
  const pairs = [...new URLSearchParams(text)].map(([name, value]): [string, unknown] => [
    lists ? name.replace(/\[\d*\]$/, '') : name,
    value,
  ]);
  return reader(pairs);
}

function readJson(text: string): Reader | undefined {
  try {
    return reader(Object.entries(JSON.parse(text) as object));
  } catch {
    return undefined;
  }
}

/** Names count in any letter case, and a repeated field counts when its values are equal. */
const reader =
  (pairs: [string, unknown][]): Reader =>
  (name) => {
    const values = pairs
      .filter(([own]) => own.toLowerCase() === name.toLowerCase())
      .flatMap(([, value]) => value);
    const [first, ...others] = values.map(textOf);
    return others.every((other) => other?.text === first?.text) ? first : { text: UNUSABLE };
  };

function textOf(value: unknown): Said {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return { text: String(value) };
  return typeof value === 'string' ? usable(value) : { text: UNUSABLE };
}

/** Controls, halves of characters, ends of lines, and marks that turn lines around. */
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
    (contentType === 'application/x-www-form-urlencoded' || letter.mount === '/raw/payment') &&
    letter.fields.every(([name]) => Object.hasOwn(FIELDS, name))
  );
}

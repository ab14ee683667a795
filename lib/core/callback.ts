import { hideCardNumbers, maskCardNumber } from './card-number';
import { isReceipt } from './receipt';
import { STATUS_OK, TABLE_1 } from './reasons';
import type { GatewayFailure, ReceiptFields } from './record';
import { isOneLine } from './text';

/** Why a callback proves nothing and changes nothing, even if its keys are right. */
export type CallbackProblem = 'malformed' | 'unknownState' | 'receiptMissing' | 'receiptUnusable';

/** The claims of a callback. None of them is proof: the buyer's browser delivers it (protocol §3). */
export type CallbackClaim =
  | { kind: 'paid'; receipt: ReceiptFields & { referenceNumber: string } }
  | { kind: 'failed'; reason: GatewayFailure; state: string; details: Partial<ReceiptFields> }
  | { kind: 'unclear'; problem: CallbackProblem };

/** The gateway's POST, read once at the door. */
export interface Callback {
  /** The invoice in the body; undefined when there is none, `'unusable'` when it cannot be read as one. */
  invoiceNumber: string | undefined;
  terminalId: string | undefined;
  claim: CallbackClaim;
}

const FIELD_LIMIT = 64;

type Field = { text: string } | 'absent' | 'unusable';
type Fields = (name: string) => Field;

/** Reads the fields of the gateway's POST, however the body was parsed. */
export function readCallback(body: unknown): Callback {
  const fields = fieldsOf(body);
  const invoice = fields('reservationNumber');
  return {
    invoiceNumber: invoice === 'unusable' ? 'unusable' : textOf(invoice),
    terminalId: textOf(fields('terminalId')),
    claim: readClaim(fields),
  };
}

/** Field names without regard to case: gateways have written them both ways. */
function fieldsOf(body: unknown): Fields {
  const fields = new Map<string, Field>();
  if (typeof body === 'object' && body !== null) {
    for (const [name, value] of Object.entries(body)) {
      const key = name.toLowerCase();
      for (const one of [value as unknown].flat()) fields.set(key, joined(fields.get(key), read(one)));
    }
  }
  return (name) => fields.get(name.toLowerCase()) ?? 'absent';
}

/** A field that comes twice counts when it says the same both times. */
function joined(before: Field | undefined, field: Field): Field {
  if (before === undefined) return field;
  return field !== 'unusable' && textOf(before) === textOf(field) ? before : 'unusable';
}

/** A short printable text, or a number that a JSON parser made of one. */
function read(value: unknown): Field {
  if (value === undefined || value === null) return 'absent';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { text: String(value) } : 'unusable';
  if (typeof value !== 'string') return 'unusable';
  const text = value.trim();
  return text.length <= FIELD_LIMIT && isOneLine(text) ? { text } : 'unusable';
}

const textOf = (field: Field): string | undefined =>
  typeof field === 'object' && field.text !== '' ? field.text : undefined;

/** `Canceled By User`, `CANCELEDBYUSER` and `CancelledByUser` are one state. */
const foldState = (state: string): string =>
  state
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace('cancelled', 'canceled');

const NUMBERS: ReadonlyMap<string, GatewayFailure> = new Map(Object.entries(TABLE_1));
const FAILURES: ReadonlyMap<string, GatewayFailure> = new Map(
  Object.values(TABLE_1).map((name) => [foldState(name), name]),
);

/** OK, or the number of OK, with a receipt is verified; else a Table 1 failure counts; else nothing is concluded. */
function readClaim(fields: Fields): CallbackClaim {
  const state = textOf(fields('state'));
  const status = textOf(fields('status'));
  const saysOk = state !== undefined && foldState(state) === 'ok';
  const receipt = fields('referenceNumber');
  const number = textOf(receipt);
  if (saysOk || status === STATUS_OK) {
    if (number !== undefined && isReceipt(number)) {
      return { kind: 'paid', receipt: { ...readDetails(fields), referenceNumber: number } };
    }
    if (receipt === 'unusable' || number !== undefined)
      return { kind: 'unclear', problem: 'receiptUnusable' };
    if (saysOk) return { kind: 'unclear', problem: 'receiptMissing' };
  }
  return readFailure(fields, state, status);
}

function readFailure(fields: Fields, state: string | undefined, status: string | undefined): CallbackClaim {
  // A callback with two different states has no number that could be believed.
  if (fields('state') === 'unusable') return { kind: 'unclear', problem: 'malformed' };
  const reason = state === undefined ? NUMBERS.get(status ?? '') : FAILURES.get(foldState(state));
  if (reason !== undefined) {
    return {
      kind: 'failed',
      reason,
      state: state === undefined ? reason : hideCardNumbers(state),
      details: readDetails(fields),
    };
  }
  return { kind: 'unclear', problem: state === undefined ? 'malformed' : 'unknownState' };
}

function readDetails(fields: Fields): Omit<ReceiptFields, 'referenceNumber'> {
  const text = (name: string): string | null => {
    const value = textOf(fields(name));
    return value === undefined ? null : hideCardNumbers(value);
  };
  const pan = textOf(fields('maskedPan'));
  const maskedPan = pan === undefined ? null : maskCardNumber(pan);
  return {
    traceNumber: text('traceNumber'),
    terminalId: text('terminalId'),
    rrn: text('rrn'),
    maskedPan,
    cardEnd: /\d{4}$/.exec(maskedPan ?? '')?.[0] ?? null,
  };
}

import { hideCardNumbers, maskCardNumber } from './core/card-number';
import type { GatewayFailure, ReceiptFields } from './payment';
import { isOneLine } from './core/text';

/** Why a callback proves nothing and changes nothing, even if its keys are right. */
export type CallbackProblem = 'malformed' | 'receiptMissing' | 'statusContradicts';

/** What a callback claims. None of it is proof: the buyer's browser delivers it (protocol §3). */
export type CallbackClaim =
  | { kind: 'paid'; receipt: ReceiptFields & { referenceNumber: string } }
  | {
      kind: 'failed';
      reason: GatewayFailure | 'UnknownState';
      state: string;
      details: Partial<ReceiptFields>;
    }
  | { kind: 'unclear'; problem: CallbackProblem };

/** The gateway's POST, read once at the door. */
export interface Callback {
  /** The invoice the body speaks of; undefined when it names none, or several. */
  invoiceNumber: string | undefined;
  terminalId: string | undefined;
  claim: CallbackClaim;
}

/** Table 1 of the protocol, without `OK`. */
const FAILURES: ReadonlySet<string> = new Set<GatewayFailure>([
  'CanceledByUser',
  'Failed',
  'SessionIsNull',
  'InvalidParameters',
  'MerchantIpAddressIsInvalid',
  'TokenNotFound',
  'TokenRequired',
  'TerminalNotFound',
]);
const isFailure = (state: string): state is GatewayFailure => FAILURES.has(state);

/** The status number beside `OK` is 2; live gateways also leave it empty or send 0 (protocol §3). */
const AGREES_WITH_OK: ReadonlySet<string> = new Set(['2', '0', '']);

const FIELD_LIMIT = 64;

/**
 * Receipts are letters, digits and signs of ASCII. What a gateway's database may compare as equal to one of these, or
 * ignore (full-width letters, zero-width marks), would be the same receipt to it and a new one to us.
 */
const RECEIPT = /^[ -~]+$/;

type Field = { text: string } | 'absent' | 'unusable';

/** Reads one field: a short printable text, or a number that a JSON parser made of one. Never an array or an object. */
function read(body: object, name: string): Field {
  const value: unknown = Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined;
  if (value === undefined || value === null) return 'absent';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { text: String(value) } : 'unusable';
  if (typeof value !== 'string') return 'unusable';
  const text = value.trim();
  return text.length <= FIELD_LIMIT && isOneLine(text) ? { text } : 'unusable';
}

const textOf = (field: Field): string | undefined =>
  typeof field === 'object' && field.text !== '' ? field.text : undefined;

/** What the gateway's POST says, whoever parsed its body and whatever was smuggled into it. */
export function readCallback(body: unknown): Callback {
  const fields = typeof body === 'object' && body !== null ? body : {};
  return {
    invoiceNumber: textOf(read(fields, 'reservationNumber')),
    terminalId: textOf(read(fields, 'terminalId')),
    claim: readClaim(fields),
  };
}

function readClaim(body: object): CallbackClaim {
  const state = textOf(read(body, 'state'));
  const status = read(body, 'status');
  if (state === undefined || status === 'unusable') return { kind: 'unclear', problem: 'malformed' };
  const details = readDetails(body);
  if (state !== 'OK') {
    return {
      kind: 'failed',
      reason: isFailure(state) ? state : 'UnknownState',
      state: hideCardNumbers(state),
      details,
    };
  }
  if (status !== 'absent' && !AGREES_WITH_OK.has(status.text)) {
    return { kind: 'unclear', problem: 'statusContradicts' };
  }
  const referenceNumber = textOf(read(body, 'referenceNumber'));
  if (referenceNumber === undefined || !RECEIPT.test(referenceNumber))
    return { kind: 'unclear', problem: 'receiptMissing' };
  return { kind: 'paid', receipt: { ...details, referenceNumber } };
}

function readDetails(body: object): Omit<ReceiptFields, 'referenceNumber'> {
  const kept = (name: string): string | null => {
    const text = textOf(read(body, name));
    return text === undefined ? null : hideCardNumbers(text);
  };
  const pan = textOf(read(body, 'maskedPan'));
  return {
    traceNumber: kept('traceNumber'),
    terminalId: kept('terminalId'),
    rrn: kept('rrn'),
    maskedPan: pan === undefined ? null : maskCardNumber(pan),
  };
}

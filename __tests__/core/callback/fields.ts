import { readCallback, type CallbackClaim } from '../../../lib/core/callback';

/** A receipt as the gateway makes them. */
export const RECEIPT = 'GmshtyjwKSuZXT81+6o9nKIkOcWPY05opjBoPuzF/B6nKIk==';

/** A whole callback of a buyer who has paid. */
export const PAID = {
  state: 'OK',
  status: '2',
  referenceNumber: RECEIPT,
  reservationNumber: '17000000000000000001',
  terminalId: '21067032',
  traceNumber: '103822',
  rrn: '123456789012',
  maskedPan: '603799******1234',
};

/** The reading of that callback with these changes. */
export const claim = (changes: object): CallbackClaim => readCallback({ ...PAID, ...changes }).claim;

export const malformed = { kind: 'unclear', problem: 'malformed' };
export const unknownState = { kind: 'unclear', problem: 'unknownState' };
export const receiptMissing = { kind: 'unclear', problem: 'receiptMissing' };
export const receiptUnusable = { kind: 'unclear', problem: 'receiptUnusable' };

/** A proper callback in everything but this one value. */
export const HOSTILE: [what: string, value: unknown][] = [
  ['an array of two', ['OK', 'Failed']],
  ['an object', { x: 'OK' }],
  ['an object that says it is a text', { toString: () => 'OK', valueOf: () => 'OK' }],
  ['true', true],
  ['a fraction', 2.5],
  ['a number beyond 2^53', 2 ** 53],
  ['NaN', NaN],
  ['a NUL', 'O\0K'],
  ['a line break', 'OK\nOK'],
  ['an escape', '\u001b[2J'],
  ['a C1 control', 'OK\u0085OK'],
  ['a line separator', 'OK\u2028OK'],
  ['a paragraph separator', 'OK\u2029OK'],
  ['a direction override', 'O\u202eK'],
  ['an isolate that is not closed', 'O\u2067K'],
  ['half a character', 'OK\ud83d'],
  ['65 characters', 'x'.repeat(65)],
];

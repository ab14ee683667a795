import fc from 'fast-check';

/** A value that is only known once there are payments, by name; or a text as it is. */
export type Value = Known | { text: string };

type Known =
  | 'the invoice of this payment'
  | 'the invoice of another payment'
  | 'an invoice nobody has'
  | 'a receipt the gateway confirms for this payment'
  | 'a receipt the gateway confirms for another payment'
  | 'the receipt of a paid payment'
  | 'the receipt this payment has'
  | 'a receipt the gateway does not know'
  | 'a receipt of another payment, written differently'
  | 'a receipt the gateway confirms for this payment, escaped by a sanitizer';

/** Any code points but halves of pairs. (A string of fast-check's unit `binary` costs seconds and 90 MB once.) */
const signs: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10ffff })), { maxLength: 12 })
  .map((points) => String.fromCodePoint(...points));

/** Values that no gateway sends. */
export const junk: fc.Arbitrary<string> = fc.oneof(
  signs,
  fc.string({ maxLength: 12 }),
  fc.constantFrom('', ' ', '0', '-1', '1e3', 'null', 'undefined', '[object Object]', '__proto__', '%00', '%'),
  fc.constantFrom("' OR 1=1 --", '<script>alert(1)</script>', 'a\r\nSet-Cookie: a=b', '\u202Eko', '\uFEFFOK'),
  fc.nat(200).map((length) => 'x'.repeat(length)),
);

const asText = (text: string): Value => ({ text });
const oneOf = (...texts: string[]): fc.Arbitrary<Value> => fc.constantFrom(...texts).map(asText);
const known = (...names: Known[]): fc.Arbitrary<Value> => fc.constantFrom<Value>(...names);
const anything = junk.map(asText);

const mostly = (usual: fc.Arbitrary<Value>, ...others: fc.Arbitrary<Value>[]): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 8, arbitrary: usual }, ...others.map((arbitrary) => ({ weight: 1, arbitrary })));

export const TABLE_1 = [
  'CanceledByUser',
  'Failed',
  'SessionIsNull',
  'InvalidParameters',
  'MerchantIpAddressIsInvalid',
  'TokenNotFound',
  'TokenRequired',
  'TerminalNotFound',
  'MultisettlePolicyErrors',
];

/** Possible values of each field of a callback; absent when it is left out. */
export const FIELDS: Record<string, fc.Arbitrary<Value>> = {
  state: mostly(
    oneOf('OK'),
    oneOf(...TABLE_1),
    oneOf('ok', ' OK ', 'OK\0', 'Done', 'Canceled By User', 'SESSIONISNULL'),
    anything,
  ),
  status: mostly(oneOf('2', '', '0'), oneOf('1', '3', '10', '21', '02', '2.0', '-2'), anything),
  reservationNumber: mostly(
    known('the invoice of this payment'),
    known('the invoice of another payment', 'an invoice nobody has'),
    anything,
  ),
  referenceNumber: fc.oneof(
    known('a receipt the gateway does not know', 'the receipt of a paid payment'),
    known('a receipt the gateway confirms for another payment', 'the receipt this payment has'),
    known('a receipt of another payment, written differently'),
    known('a receipt the gateway confirms for this payment, escaped by a sanitizer'),
    known('a receipt the gateway confirms for this payment'),
    anything,
  ),
  terminalId: mostly(oneOf('12345678'), oneOf('87654321', '', '12345678 ', '0012345678'), anything),
  traceNumber: mostly(oneOf('654321'), anything),
  maskedPan: mostly(oneOf('603799******1234'), anything),
  rrn: mostly(oneOf('123456789012'), anything),
};

/** Names that mean nothing to us, and some that mean something to JavaScript or to a parser. */
export const STRANGE_NAMES = [
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '__proto__[state]', ''],
  ...['state[]', 'state[0]', 'state[state]', 'reservationNumber[]', 'referenceNumber[$ne]', 'STATE', 'State'],
];

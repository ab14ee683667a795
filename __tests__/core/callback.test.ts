import fc from 'fast-check';
import { readCallback, type CallbackClaim } from '../../lib/callback';

const RECEIPT = 'GmshtyjwKSuZXT81+6o9nKIkOcW*PY05opjBoPuzF/B6nKIk==';

const PAID = {
  state: 'OK',
  status: '2',
  referenceNumber: RECEIPT,
  reservationNumber: '17000000000000000001',
  terminalId: '21067032',
  traceNumber: '103822',
  rrn: '123456789012',
  maskedPan: '603799******1234',
};

const claim = (changes: object): CallbackClaim => readCallback({ ...PAID, ...changes }).claim;

const malformed = { kind: 'unclear', problem: 'malformed' };
const receiptMissing = { kind: 'unclear', problem: 'receiptMissing' };
const statusContradicts = { kind: 'unclear', problem: 'statusContradicts' };

/** A proper callback in everything but this one value. */
const HOSTILE: [what: string, value: unknown][] = [
  ['an array', ['OK']],
  ['an empty array', []],
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

describe('a callback that says OK', () => {
  it('claims a payment, with every number as text', () => {
    expect(readCallback(PAID)).toEqual({
      invoiceNumber: '17000000000000000001',
      terminalId: '21067032',
      claim: {
        kind: 'paid',
        receipt: {
          referenceNumber: RECEIPT,
          terminalId: '21067032',
          traceNumber: '103822',
          rrn: '123456789012',
          maskedPan: '603799******1234',
        },
      },
    });
  });

  it('claims a payment with nothing but a receipt', () => {
    expect(readCallback({ state: 'OK', referenceNumber: RECEIPT })).toEqual({
      invoiceNumber: undefined,
      terminalId: undefined,
      claim: {
        kind: 'paid',
        receipt: {
          referenceNumber: RECEIPT,
          terminalId: null,
          traceNumber: null,
          rrn: null,
          maskedPan: null,
        },
      },
    });
  });

  it.each(['2', '', '0', ' 2 ', 2, 0, null, undefined])('agrees with status %j', (status) => {
    expect(claim({ status })).toMatchObject({ kind: 'paid' });
  });

  it.each(['1', '3', '-1', '02', '2.0', '22', 'OK', 'x', '12', 3, -2])(
    'is contradicted by status %j',
    (status) => expect(claim({ status })).toEqual(statusContradicts),
  );

  it.each(HOSTILE)('is malformed with %s for a status', (_what, status) => {
    expect(claim({ status })).toEqual(malformed);
  });

  it.each([undefined, null, '', '   '])('lacks its receipt when that is %j', (referenceNumber) => {
    expect(claim({ referenceNumber })).toEqual(receiptMissing);
  });

  it.each(HOSTILE)('lacks its receipt when that is %s', (_what, referenceNumber) => {
    expect(claim({ referenceNumber })).toEqual(receiptMissing);
  });

  it.each([1, 20, 50, 51, 64])('takes a receipt of %i characters whole', (length) => {
    const referenceNumber = RECEIPT.repeat(2).slice(0, length);
    expect(claim({ referenceNumber })).toMatchObject({ receipt: { referenceNumber } });
  });

  it.each([
    ['a letter of another script that looks the same', 'А'],
    ['a full-width letter', 'Ａ'],
    ['a letter with a combining mark', 'A\u0301'],
    ['a zero-width space', 'A\u200b'],
    ['a soft hyphen', 'A\u00ad'],
    ['a tag character', 'A\u{e0041}'],
  ])(
    'lacks its receipt when that has %s, which a database may take for nothing or for another',
    (_what, part) => {
      expect(claim({ referenceNumber: `${part}${RECEIPT}` })).toEqual(receiptMissing);
      expect(claim({ referenceNumber: `A${RECEIPT}` })).toMatchObject({ kind: 'paid' });
    },
  );

  it('trims a receipt and changes nothing else in it', () => {
    expect(claim({ referenceNumber: '  AbC/1+x=\t' })).toMatchObject({
      receipt: { referenceNumber: 'AbC/1+x=' },
    });
  });

  it('keeps of a card number that nobody has masked what a masked one shows', () => {
    expect(claim({ maskedPan: '6037991234561234' })).toMatchObject({
      receipt: { maskedPan: '603799******1234' },
    });
    expect(claim({ state: 'Failed', maskedPan: 6037991234561234 })).toMatchObject({
      details: { maskedPan: '603799******1234' },
    });
  });

  it.each(['terminalId', 'traceNumber', 'rrn', 'maskedPan'])('goes without an unusable %s', (name) => {
    for (const [, value] of HOSTILE) {
      expect(claim({ [name]: value })).toMatchObject({
        kind: 'paid',
        receipt: { referenceNumber: RECEIPT, [name]: null },
      });
    }
  });
});

describe('a callback that does not say OK', () => {
  it.each([
    ['CanceledByUser', '1'],
    ['Failed', '3'],
    ['SessionIsNull', '4'],
    ['InvalidParameters', '5'],
    ['MerchantIpAddressIsInvalid', '8'],
    ['TokenNotFound', '10'],
    ['TokenRequired', '11'],
    ['TerminalNotFound', '12'],
  ])('claims %s', (state, status) => {
    const details = { terminalId: '1', traceNumber: null, rrn: null, maskedPan: null };
    expect(readCallback({ state, status, reservationNumber: '5', terminalId: '1' })).toEqual({
      invoiceNumber: '5',
      terminalId: '1',
      claim: { kind: 'failed', reason: state, state, details },
    });
  });

  it.each(['2', '0', '', '99', undefined])(
    'fails by its state, even with status %j and a receipt',
    (status) => {
      expect(claim({ state: 'Failed', status })).toMatchObject({ kind: 'failed', reason: 'Failed' });
    },
  );

  it.each([
    'ok',
    'OK.',
    'O K',
    'ＯＫ',
    'OK\u200b',
    'failed',
    '2',
    'toString',
    '__proto__',
    'constructor',
    '<b>',
  ])('has an unknown state %j, which is no success', (state) =>
    expect(claim({ state })).toMatchObject({ kind: 'failed', reason: 'UnknownState', state }),
  );

  it.each([undefined, null, '', ' '])('is malformed when its state is %j', (state) => {
    expect(claim({ state })).toEqual(malformed);
  });

  it.each(HOSTILE)('is malformed when its state is %s', (_what, state) => {
    expect(claim({ state })).toEqual(malformed);
  });
});

describe('whom a callback speaks of', () => {
  it.each(HOSTILE)('is nobody when the fields are %s', (_what, value) => {
    expect(readCallback({ ...PAID, reservationNumber: value, terminalId: value })).toMatchObject({
      invoiceNumber: undefined,
      terminalId: undefined,
    });
  });

  it('may come as numbers, from a JSON parser', () => {
    const body = { ...PAID, reservationNumber: 42, terminalId: 7, traceNumber: 0, status: 2 };
    expect(readCallback(body)).toMatchObject({
      invoiceNumber: '42',
      terminalId: '7',
      claim: { kind: 'paid', receipt: { terminalId: '7', traceNumber: '0' } },
    });
  });
});

describe('whatever is sent as a body', () => {
  it.each([undefined, null, '', 'state=OK', 5, true, [], [['state', 'OK']], () => PAID, Symbol('state')])(
    'is read without a throw: %p',
    (body) => expect(readCallback(body).claim).toEqual(malformed),
  );

  it('is not looked for in the prototype', () => {
    expect(readCallback(Object.create(PAID))).toEqual({
      invoiceNumber: undefined,
      terminalId: undefined,
      claim: malformed,
    });
    expect(readCallback(JSON.parse(`{"__proto__":${JSON.stringify(PAID)}}`)).claim).toEqual(malformed);
    expect(readCallback(Object.assign(Object.create(null), PAID)).claim).toMatchObject({ kind: 'paid' });
  });

  it('is a payment only with the state OK, a status that agrees, and a receipt', () => {
    const value = fc.oneof(fc.anything(), fc.string(), fc.constantFrom('OK', '2', RECEIPT, 2, ['OK']));
    const fields = Object.fromEntries(Object.keys(PAID).map((name) => [name, value]));
    const body = fc.oneof(fc.anything(), fc.record(fields, { requiredKeys: [] }));
    fc.assert(
      fc.property(body, (sent) => {
        const { claim: read } = readCallback(sent);
        if (read.kind !== 'paid') return;
        const { state, status, referenceNumber } = sent as Record<string, unknown>;
        expect(String(state).trim()).toBe('OK');
        expect(['2', '0', '', 'undefined', 'null']).toContain(String(status).trim());
        expect(read.receipt.referenceNumber).toBe(String(referenceNumber).trim());
      }),
      { numRuns: 1_000 },
    );
  });
});

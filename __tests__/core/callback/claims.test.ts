import fc from 'fast-check';
import { readCallback } from '../../../lib/core/callback';
import { foldReceipt, isReceipt } from '../../../lib/core/receipt';
import { claim, HOSTILE, malformed, PAID, RECEIPT, unknownState } from './fields';

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
    ['MultisettlePolicyErrors', '21'],
  ])('claims %s', (state, status) => {
    const details = { terminalId: '1', traceNumber: null, rrn: null, maskedPan: null, cardEnd: null };
    expect(readCallback({ state, status, reservationNumber: '5', terminalId: '1' })).toEqual({
      invoiceNumber: '5',
      terminalId: '1',
      claim: { kind: 'failed', reason: state, state, details },
    });
  });

  it.each(['0', '', '99', '3', undefined])(
    'fails by its state, even with status %j and a receipt',
    (status) => {
      expect(claim({ state: 'Failed', status })).toMatchObject({ kind: 'failed', reason: 'Failed' });
    },
  );

  it.each([
    ['Canceled By User', 'CanceledByUser'],
    ['CANCELEDBYUSER', 'CanceledByUser'],
    ['CancelledByUser', 'CanceledByUser'],
    ['canceled_by_user', 'CanceledByUser'],
    [' failed ', 'Failed'],
    ['session is null', 'SessionIsNull'],
    ['MULTISETTLEPOLICYERRORS', 'MultisettlePolicyErrors'],
  ])('may write its state %j', (state, reason) => {
    expect(claim({ state, status: '', referenceNumber: '' })).toMatchObject({
      kind: 'failed',
      reason,
      state: state.trim(),
    });
  });

  it.each([
    ['1', 'CanceledByUser'],
    ['3', 'Failed'],
    ['12', 'TerminalNotFound'],
    [4, 'SessionIsNull'],
  ])('may be a failure by its status alone: %j', (status, reason) => {
    expect(claim({ state: undefined, status, referenceNumber: undefined })).toMatchObject({
      kind: 'failed',
      reason,
      state: reason,
    });
  });

  it.each(['CanceledByUser', 'Failed', 'Exploded', '', undefined])(
    'is worth a verify with status 2 and a receipt, in any state: %j',
    (state) => expect(claim({ state, status: '2' })).toMatchObject({ kind: 'paid' }),
  );

  it.each([
    ['Failed', { kind: 'failed', reason: 'Failed' }],
    ['Exploded', unknownState],
    [undefined, malformed],
  ])('is read by its state %j when status 2 comes without a receipt', (state, read) => {
    expect(claim({ state, status: '2', referenceNumber: undefined })).toMatchObject(read);
  });

  it.each([
    'failure',
    '2',
    'toString',
    '__proto__',
    'constructor',
    '<b>',
    'ＯＫ',
    'OKAY',
    'NotOK',
    'Pending',
  ])('concludes nothing from an unknown state %j', (state) =>
    expect(claim({ state, status: '' })).toEqual(unknownState),
  );

  it.each(['9', '02', '2.0', '99', '-1'])('concludes nothing from an unknown status %j alone', (status) =>
    expect(claim({ state: undefined, status })).toEqual(malformed),
  );

  it.each([undefined, null, '', ' '])('is malformed when its state is %j', (state) => {
    expect(claim({ state, status: '' })).toEqual(malformed);
  });

  it.each(HOSTILE)('is malformed when its state is %s', (_what, state) => {
    expect(claim({ state, status: '' })).toEqual(malformed);
  });
});

describe('the invoice and the terminal of a callback', () => {
  it.each(HOSTILE)('are not read from %s', (_what, value) => {
    expect(readCallback({ ...PAID, reservationNumber: value, terminalId: value })).toMatchObject({
      invoiceNumber: 'unusable',
      terminalId: undefined,
    });
  });

  it.each([undefined, null, '', '  '])('are missing when they are %j', (value) => {
    const { invoiceNumber, terminalId } = readCallback({
      ...PAID,
      reservationNumber: value,
      terminalId: value,
    });
    expect([invoiceNumber, terminalId]).toEqual([undefined, undefined]);
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

describe('the names of the fields', () => {
  it.each([
    ['capitalised', (name: string) => name.charAt(0).toUpperCase() + name.slice(1)],
    ['in capitals', (name: string) => name.toUpperCase()],
    ['in small letters', (name: string) => name.toLowerCase()],
  ])('may be %s', (_how, rename) => {
    const body = Object.fromEntries(Object.entries(PAID).map(([name, value]) => [rename(name), value]));
    expect(readCallback(body)).toEqual(readCallback(PAID));
  });
});

describe('a field that comes twice', () => {
  const twice = (changes: object): object => ({ ...PAID, ...changes });

  it('counts when it says the same both times: the form was sent twice', () => {
    const body = Object.fromEntries(Object.entries(PAID).map(([name, value]) => [name, [value, value]]));
    expect(readCallback(body)).toEqual(readCallback(PAID));
    expect(readCallback(twice({ State: 'OK', STATUS: ' 2 ' }))).toEqual(readCallback(PAID));
  });

  it.each<[string, object, unknown]>([
    ['state', { state: ['OK', 'Failed'], status: '' }, malformed],
    ['state in another case', { State: 'Failed', status: '' }, malformed],
    ['receipt', { referenceNumber: [RECEIPT, 'other'] }, { kind: 'unclear', problem: 'receiptUnusable' }],
    [
      'receipt, once empty',
      { referenceNumber: [RECEIPT, ''] },
      { kind: 'unclear', problem: 'receiptUnusable' },
    ],
  ])('counts for nothing when it says two things: %s', (_what, changes, read) => {
    expect(readCallback(twice(changes)).claim).toEqual(read);
  });

  it.each(['reservationNumber', 'referenceNumber', 'state'])(
    'is unusable when one of both is: %s, empty and too long',
    (name) => {
      const tooLong = 'x'.repeat(65);
      const once = readCallback(twice({ [name]: tooLong }));
      expect(readCallback(twice({ [name]: ['', tooLong] }))).toEqual(once);
      expect(readCallback(twice({ [name]: [tooLong, ''] }))).toEqual(once);
    },
  );

  it('names no invoice when it names two', () => {
    const body = twice({ reservationNumber: ['17000000000000000001', '17000000000000000002'] });
    expect(readCallback(body).invoiceNumber).toBe('unusable');
  });
});

describe('any body', () => {
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

  it('is a payment only with the state OK or the status 2, and with a usable receipt', () => {
    const value = fc.oneof(fc.anything(), fc.string(), fc.constantFrom('OK', '2', RECEIPT, 2, ['OK'], ''));
    const fields = Object.fromEntries(Object.keys(PAID).map((name) => [name, value]));
    const body = fc.oneof(fc.anything(), fc.record(fields, { requiredKeys: [] }));
    fc.assert(
      fc.property(body, (sent) => {
        const { claim: read } = readCallback(sent);
        if (read.kind !== 'paid') return;
        const { state, status } = sent as Record<string, unknown>;
        const saysOk = /^\W*o\W*k\W*$/i.test(String(state));
        expect(saysOk || String(status).trim() === '2').toBe(true);
        expect(isReceipt(read.receipt.referenceNumber)).toBe(true);
        expect(foldReceipt(read.receipt.referenceNumber)).not.toBe('');
      }),
      { numRuns: 1_000 },
    );
  });
});

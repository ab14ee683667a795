import { readCallback } from '../../lib/core/callback';
import { claim, HOSTILE, PAID, RECEIPT, receiptMissing, receiptUnusable } from './callback/fields';

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
          cardEnd: '1234',
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
          cardEnd: null,
        },
      },
    });
  });

  it.each(['2', '', '0', ' 2 ', 2, 0, null, undefined, '1', '3', '-1', '22', 'OK', 'x', 3, -2])(
    'is worth a verify with any status: %j',
    (status) => expect(claim({ status })).toMatchObject({ kind: 'paid' }),
  );

  it.each(HOSTILE)('is worth a verify with %s for a status', (_what, status) => {
    expect(claim({ status })).toMatchObject({ kind: 'paid' });
  });

  it.each(['ok', 'Ok', ' OK ', 'oK', 'O K', 'OK.', 'OK\u200b'])('may write it %j', (state) => {
    expect(claim({ state, status: '' })).toMatchObject({ kind: 'paid' });
  });

  it.each([undefined, null, '', '   '])('lacks its receipt when that is %j', (referenceNumber) => {
    expect(claim({ referenceNumber })).toEqual(receiptMissing);
  });

  it('leaves out a detail of more than 64 characters', () => {
    const traceNumberOf = (length: number) => claim({ traceNumber: 'T'.repeat(length) });
    expect(traceNumberOf(64)).toMatchObject({ receipt: { traceNumber: 'T'.repeat(64) } });
    expect(traceNumberOf(65)).toMatchObject({ receipt: { traceNumber: null } });
  });

  it.each(HOSTILE)('has an unusable receipt when that is %s', (_what, referenceNumber) => {
    expect(claim({ referenceNumber })).toEqual(receiptUnusable);
  });

  it.each([1, 20, 50])('takes a receipt of %i characters whole', (length) => {
    const referenceNumber = RECEIPT.repeat(2).slice(0, length);
    expect(claim({ referenceNumber })).toMatchObject({ receipt: { referenceNumber } });
  });

  it.each([51, 64, 65])('has an unusable receipt when that has %i characters', (length) => {
    expect(claim({ referenceNumber: RECEIPT.repeat(2).slice(0, length) })).toEqual(receiptUnusable);
  });

  it.each([
    ['escaped by a sanitizer', 'GmshtyjwK&#x2F;B6nKIk=='],
    ['escaped twice', 'GmshtyjwK&amp;#x2F;B6nKIk=='],
    ['URL-encoded once more', 'GmshtyjwK%2FB6nKIk%3D%3D'],
    ['with a blank for a plus', 'GmshtyjwK B6nKIk=='],
    ['in quotes', '"GmshtyjwKB6nKIk=="'],
  ])('has an unusable receipt when that is %s', (_how, referenceNumber) => {
    expect(claim({ referenceNumber })).toEqual(receiptUnusable);
  });

  it.each([
    ['a letter of another script that looks the same', 'А'],
    ['a full-width letter', 'Ａ'],
    ['a letter with a combining mark', 'A\u0301'],
    ['a zero-width space', 'A\u200b'],
    ['a soft hyphen', 'A\u00ad'],
    ['a tag character', 'A\u{e0041}'],
  ])(
    'has an unusable receipt when that has %s, which a database may take for nothing or for another',
    (_what, part) => {
      const rest = RECEIPT.slice(0, 40);
      expect(claim({ referenceNumber: `${part}${rest}` })).toEqual(receiptUnusable);
      expect(claim({ referenceNumber: `A${rest}` })).toMatchObject({ kind: 'paid' });
    },
  );

  it('trims a receipt and changes nothing else in it', () => {
    expect(claim({ referenceNumber: '  AbC/1+x=\t' })).toMatchObject({
      receipt: { referenceNumber: 'AbC/1+x=' },
    });
  });

  it('masks an unmasked card number', () => {
    expect(claim({ maskedPan: '6037991234561234' })).toMatchObject({
      receipt: { maskedPan: '603799******1234' },
    });
    expect(claim({ state: 'Failed', status: '3', maskedPan: 6037991234561234 })).toMatchObject({
      details: { maskedPan: '603799******1234' },
    });
  });

  it.each([
    ['603799******1234', '1234'],
    ['603799******12345', '2345'],
    ['****', null],
    ['603799******123x', null],
  ])('keeps of the card %s the end %s', (maskedPan, cardEnd) => {
    expect(claim({ maskedPan })).toMatchObject({ receipt: { maskedPan, cardEnd } });
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

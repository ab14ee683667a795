import { hideCardNumbers, maskCardNumber } from '../../lib/core/card-number';

describe('the card number of a receipt', () => {
  it.each([
    ['603799******1234', '603799******1234'],
    ['60379912****1234', '60379912****1234'],
    ['6037-99**-****-1234', '6037-99**-****-1234'],
    ['****1234', '****1234'],
    ['', ''],
  ])('stays as it is where it is masked: %j', (given, kept) => expect(maskCardNumber(given)).toBe(kept));

  it.each([
    ['6037991234561234', '603799******1234'],
    ['6037-9912-3456-1234', '6037-99**-****-1234'],
    ['6037 9912 3456 1234', '6037 99** **** 1234'],
    ['۶۰۳۷۹۹۱۲۳۴۵۶۱۲۳۴', '۶۰۳۷۹۹******۱۲۳۴'],
    ['6037991234567890123', '603799*********0123'],
    ['6037991234*61234', '603799******1234'],
  ])('loses its middle where it is not: %j', (given, kept) => expect(maskCardNumber(given)).toBe(kept));
});

describe('a card number within a text', () => {
  it.each([
    ['card 6037991234561234 is blocked', 'card 603799******1234 is blocked'],
    ['کارت ۶۰۳۷۹۹۱۲۳۴۵۶۱۲۳۴ مسدود', 'کارت ۶۰۳۷۹۹******۱۲۳۴ مسدود'],
    ['6037-9912-3456-1234,6037 9912 3456 1234', '6037-99**-****-1234,6037 99** **** 1234'],
    ['pan=6037991234561234&x', 'pan=603799******1234&x'],
  ])('loses its middle: %j', (given, kept) => expect(hideCardNumbers(given)).toBe(kept));

  it.each([
    '17640000001234567890',
    'IR062960000000100324200001',
    '603799123456123',
    '1234567890123',
    '0912 345 6789',
  ])('is not seen in other numbers: %s', (text) =>
    expect(hideCardNumbers(`no. ${text}!`)).toBe(`no. ${text}!`),
  );
});

import fc from 'fast-check';
import { checkOrder, newInvoiceNumber } from '../../lib/core/order';
import { check, checked, refusal, refused } from './order/check';

const GOOD_IBAN = 'IR270170000000100324200001';

describe('an order', () => {
  const whole = {
    orderId: 'A-1',
    amount: 1_000,
    cellNumber: ' +98 912 345 6789',
    description: '  two lines\nof text ',
    metadata: { cart: 5 },
  };

  it('comes out trimmed, in Rials, with null for omitted fields', () => {
    expect(check({})).toEqual({
      orderId: 'A-1',
      amount: 1_000,
      currency: 'IRR',
      cellNumber: null,
      description: null,
      metadata: null,
      settlement: null,
    });
    expect(check(whole)).toMatchObject({
      cellNumber: '09123456789',
      description: 'two lines\nof text',
      metadata: { cart: 5 },
    });
  });

  it('is left as it is', () => {
    const frozen = Object.freeze({ ...whole, settlement: Object.freeze([]) });
    expect(refused(frozen)).toContain('settlement');
    expect(frozen.cellNumber).toBe(' +98 912 345 6789');
  });

  it.each([[null], [undefined], ['A-1'], [[]], [5], [() => undefined]])('is not %p', (input) => {
    const { problem, buyersFault } = refusal(
      checkOrder(input, { currency: 'IRR', cellNumberRequired: false }),
    );
    expect(problem).toMatch(/order (is missing|must be of type object)/);
    expect(buyersFault).toBe(false);
  });

  it('has a description of at most 250 characters, without control characters', () => {
    expect(check({ description: 'x'.repeat(250) }).description).toHaveLength(250);
    expect(check({ description: '  ' }).description).toBeNull();
    expect(check({ description: null }).description).toBeNull();
    for (const description of ['x'.repeat(251), 'a\0b', 'a\u001bb', 5, {}]) {
      expect(refused({ description })).toMatch(/^description /);
    }
  });

  it('is refused with every problem at once, unknown fields by name', () => {
    const settlement = [{ iban: 'IR1', amount: 5, share: 1 }];
    const message = refused(
      {
        orderId: '',
        amount: '5',
        cellNumber: '1',
        description: 5,
        metadata: 1n,
        settlement,
        price: 5,
        id: 1,
      },
      { cellNumberRequired: true },
    );
    const fields = ['orderId', 'amount', 'cellNumber', 'description', 'metadata', 'settlement[0].iban'];
    for (const field of fields) expect(message).toContain(`${field} `);
    expect(message).toContain('; metadata must be JSON');
    for (const field of ['settlement[0].share', 'price', 'id']) {
      expect(message).toContain(`${field} is not a field of an order`);
    }
  });

  it('takes no field from its prototype, and none by way of __proto__', () => {
    const inherited = { settlement: [{ iban: GOOD_IBAN, amount: 1_000 }], description: 'x' };
    const order = Object.assign(Object.create(inherited) as object, { orderId: 'A-1', amount: 1_000 });
    const rules = { currency: 'IRR', cellNumberRequired: false } as const;
    expect(checkOrder(order, rules)).toMatchObject({ order: { settlement: null, description: null } });
    expect(refusal(checkOrder(Object.create(order), rules)).problem).toContain('orderId is missing');
    const smuggled = JSON.parse('{"__proto__":{"description":"x"}}') as object;
    expect(refused(smuggled)).toContain('__proto__ is not a field of an order');
  });
});

describe('a refused order', () => {
  const required = { cellNumberRequired: true };

  it.each(['12', '', '  ', 'abc'])(
    'is the buyer’s to correct when only the mobile number typed is wrong: %j',
    (cellNumber) => {
      expect(refusal(checked({ cellNumber }, required)).buyersFault).toBe(true);
    },
  );

  it.each([undefined, null, 9_123_456_789, 9_123_456_789n, ['09123456789'], {}, true])(
    'is the shop’s when the shop’s code gives %p for the mobile number',
    (cellNumber) => expect(refusal(checked({ cellNumber }, required)).buyersFault).toBe(false),
  );

  it.each([
    ['the amount', { amount: 1.5 }],
    ['an unknown field', { price: 5 }],
    ['a description', { description: 5 }],
    ['a field and the mobile number', { orderId: '', cellNumber: '12' }],
    ['the sum and the mobile number', { cellNumber: '12', settlement: [{ iban: GOOD_IBAN, amount: 5 }] }],
  ])('is the shop’s when it is about %s', (_what, changes) => {
    expect(refusal(checked(changes)).buyersFault).toBe(false);
  });
});

describe('an order’s id', () => {
  it.each([
    ['007', '007'],
    [12, '12'],
    [-3, '-3'],
    [0, '0'],
    ['  A 1\n', 'A 1'],
    ['سفارش ۱۲', 'سفارش ۱۲'],
    [7n, '7'],
    [-7n, '-7'],
    [2n ** 64n, '18446744073709551616'],
    ['x'.repeat(100), 'x'.repeat(100)],
  ])('of %p is kept as %j', (orderId, kept) => expect(check({ orderId }).orderId).toBe(kept));

  it.each([
    ...['', '   ', 'x'.repeat(101), 'a\0b', 'a\nb', 'a\tb', 'a\u001b[31m', 'a\u0085b'],
    ...['a\u2028b', 'a\u2029b', 'a\u202eb', 'a\u2066b', 'a\ud83d', '\udc00a'],
    ...[NaN, Infinity, 1.5, 2 ** 53, null, undefined, 10n ** 100n, true, {}, ['A']],
  ])('of %p is refused', (orderId) => expect(refused({ orderId })).toMatch(/^orderId [^;]+$/));
});

describe('a new invoice number', () => {
  it('has 20 digits and sorts by time as text', () => {
    const times = fc.tuple(fc.nat(9_999_999_999_998), fc.integer({ min: 1, max: 1_000 }));
    fc.assert(
      fc.property(times, ([now, later]) => {
        const [first, second] = [
          newInvoiceNumber(now, 9_999_999),
          newInvoiceNumber(Math.min(now + later, 9_999_999_999_999), 0),
        ];
        expect([first, second].every((number) => /^\d{20}$/.test(number))).toBe(true);
        expect(first < second).toBe(true);
      }),
    );
  });

  it.each([
    [1_700_000_000_000, 0, '17000000000000000000'],
    [1_700_000_000_000, 9_999_999, '17000000000009999999'],
    [5, 12, '00000000000050000012'],
  ])('of %i and a draw of %i is %s', (now, drawn, number) => {
    expect(newInvoiceNumber(now, drawn)).toBe(number);
  });
});

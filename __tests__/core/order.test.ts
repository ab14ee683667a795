import fc from 'fast-check';
import { checkOrder, newInvoiceNumber } from '../../lib/order';
import { check, refusal, refused } from './order/check';

const LARGEST = 900_719_925_474_099;
const GOOD_IBAN = 'IR270170000000100324200001';

describe('an order', () => {
  const whole = {
    orderId: 'A-1',
    amount: 1_000,
    cellNumber: ' +98 912 345 6789',
    description: '  two lines\nof text ',
    metadata: { cart: 5 },
  };

  it('comes out trimmed, in Rials, with null for what it does not have', () => {
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
    const error = refusal(() => checkOrder(input, { currency: 'IRR', cellNumberRequired: false }));
    expect(error.message).toMatch(/order (is missing|must be of type object)/);
  });

  it('has a description of at most 250 characters, without control characters', () => {
    expect(check({ description: 'x'.repeat(250) }).description).toHaveLength(250);
    expect(check({ description: '  ' }).description).toBeNull();
    expect(check({ description: null }).description).toBeNull();
    for (const description of ['x'.repeat(251), 'a\0b', 'a\u001bb', 5, {}]) {
      expect(refused({ description })).toMatch(/: description /);
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
    expect(checkOrder(order, rules)).toMatchObject({ settlement: null, description: null });
    expect(refusal(() => checkOrder(Object.create(order), rules)).message).toContain('orderId is missing');
    const smuggled = JSON.parse('{"__proto__":{"description":"x"}}') as object;
    expect(refused(smuggled)).toContain('__proto__ is not a field of an order');
  });
});

describe('the error of a refused order', () => {
  it('is the buyer’s to see when only the mobile number is wrong', () => {
    for (const cellNumber of ['12', undefined, ['x']]) {
      const error = refusal(() => check({ cellNumber }, { cellNumberRequired: true }));
      expect(error).toMatchObject({ code: 'ERR_ATIPAY_ORDER', status: 422, expose: true });
    }
  });

  it.each([
    ['the amount', { amount: 1.5 }],
    ['an unknown field', { price: 5 }],
    ['a field and the mobile number', { orderId: '', cellNumber: '12' }],
    ['the sum and the mobile number', { cellNumber: '12', settlement: [{ iban: GOOD_IBAN, amount: 5 }] }],
  ])('is the shop’s when it is about %s', (_what, changes) => {
    const error = refusal(() => check(changes));
    expect(error).toMatchObject({ code: 'ERR_ATIPAY_ORDER', status: 500, expose: false });
  });
});

describe('an amount', () => {
  it.each([1, 10n, 1_000, 2 ** 53 - 1, 2n ** 53n - 1n])('of %p is taken as it is in Rials', (amount) => {
    expect(check({ amount })).toMatchObject({ amount: Number(amount), currency: 'IRR' });
  });

  it.each([1, 25_000n, LARGEST, BigInt(LARGEST)])('of %p Tomans is ten times as many Rials', (amount) => {
    expect(check({ amount }, { currency: 'IRT' })).toMatchObject({
      amount: Number(amount) * 10,
      currency: 'IRT',
    });
  });

  it.each([0, -0, 0n, -1, -5n, 0.1, 0.5, 1.5, 1e-7, NaN, Infinity, -Infinity])(
    'of %p is refused: no positive whole number',
    (amount) => expect(refused({ amount })).toContain('amount must be a positive whole number'),
  );

  it.each([2 ** 53, 2n ** 53n, 2n ** 53n + 1n, 10n ** 30n, 1e300])(
    'of %p is refused: it is not exact',
    (amount) => expect(refused({ amount })).toContain('at most 9,007,199,254,740,991'),
  );

  it.each([LARGEST + 1, BigInt(LARGEST) + 1n, 2 ** 53 - 1])(
    'of %p Tomans is refused: its Rials would not be exact',
    (amount) => expect(refused({ amount }, { currency: 'IRT' })).toContain('at most 900,719,925,474,099'),
  );

  it.each<[unknown]>([
    ['1000'],
    [''],
    [' 1'],
    [true],
    [null],
    [{}],
    [[5]],
    [{ valueOf: () => 5 }],
    [new Date(5)],
  ])('of %p is refused: no number', (amount) =>
    expect(refused({ amount })).toContain('amount must be a number or a bigint (not a string)'),
  );

  it('is refused when it is left out', () =>
    expect(refused({ amount: undefined })).toContain('amount is missing'));

  it('is exact in both currencies, whatever whole number it is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: BigInt(LARGEST) }), fc.boolean(), (amount, big) => {
        const given = big ? amount : Number(amount);
        expect(BigInt(check({ amount: given }).amount)).toBe(amount);
        expect(BigInt(check({ amount: given }, { currency: 'IRT' }).amount)).toBe(amount * 10n);
      }),
    );
  });

  it('is refused whenever it has a fraction', () => {
    const fraction = fc.double({ min: 0, noNaN: true }).filter((value) => !Number.isInteger(value));
    fc.assert(fc.property(fraction, (amount) => expect(refused({ amount })).toContain('without a fraction')));
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
    ['x'.repeat(100), 'x'.repeat(100)],
  ])('of %j is kept as %j', (orderId, kept) => expect(check({ orderId }).orderId).toBe(kept));

  it.each([
    ...['', '   ', 'x'.repeat(101), 'a\0b', 'a\nb', 'a\tb', 'a\u001b[31m', 'a\u0085b'],
    ...['a\u2028b', 'a\u2029b', 'a\u202eb', 'a\u2066b', 'a\ud83d', '\udc00a'],
    ...[NaN, Infinity, 1.5, 2 ** 53, null, undefined, 12n, true, {}, ['A']],
  ])('of %p is refused', (orderId) => expect(refused({ orderId })).toMatch(/: orderId [^;]+\.$/));
});

describe('a new invoice number', () => {
  it('has 20 digits and sorts by time as text', () => {
    const times = fc.tuple(fc.nat(9_999_999_999_998), fc.integer({ min: 1, max: 1_000 }));
    fc.assert(
      fc.property(times, ([now, later]) => {
        const [first, second] = [
          newInvoiceNumber(now),
          newInvoiceNumber(Math.min(now + later, 9_999_999_999_999)),
        ];
        expect([first, second].every((number) => /^\d{20}$/.test(number))).toBe(true);
        expect(first < second).toBe(true);
      }),
    );
  });

  it('does not tell how many there are: those of one millisecond differ at random', () => {
    const tails = Array.from({ length: 200 }, () => newInvoiceNumber(1_700_000_000_000).slice(13));
    expect(new Set(tails).size).toBeGreaterThan(190);
    expect(new Set(tails.map((tail) => tail[0])).size).toBeGreaterThan(5);
  });
});

describe('metadata', () => {
  it('is at most 16,000 characters of JSON', () => {
    const longest = 'x'.repeat(15_998);
    expect(check({ metadata: longest }).metadata).toBe(longest);
    expect(refused({ metadata: `${longest}x` })).toContain('at most 16000 characters');
  });

  it('comes back as JSON would bring it back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (metadata) => {
        expect(check({ metadata }).metadata).toEqual(JSON.parse(JSON.stringify(metadata)));
      }),
    );
    const given = { at: new Date(0), gone: undefined, list: [undefined, NaN] };
    expect(check({ metadata: given }).metadata).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      list: [null, null],
    });
  });

  it('is a copy, so that the shop’s own object may change', () => {
    const metadata = { items: [1] };
    const order = check({ metadata });
    metadata.items.push(2);
    expect(order.metadata).toEqual({ items: [1] });
  });

  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const bad = { toJSON: () => { throw new Error('no'); } }; // prettier-ignore
  it.each([[cyclic], [{ big: 1n }], [() => 1], [Symbol('x')], ['x'.repeat(15_999)], [bad]])(
    'that is no JSON, or too much of it, is refused: case %#',
    (metadata) =>
      expect(refused({ metadata })).toContain('metadata must be JSON of at most 16000 characters'),
  );
});

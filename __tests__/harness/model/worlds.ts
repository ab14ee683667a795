import type { World } from './world';

/** Two tabs, two cards, one order. */
export const TWO_OF_AN_ORDER: World = {
  name: 'two payments of an order',
  orders: ['order', 'order'],
  receipts: [['r0'], ['r1']],
  starts: ['pending', 'pending'],
  processes: 2,
  tries: 1,
  left: { visits: 2, troubles: 0, stalls: 0, acts: 0, rewinds: 0 },
  failures: true,
  replies: ['amount', 'refused', 'aboutShop', 'silent', 'silentTaken'],
  weather: true,
};

/** The same while a process outlives its lease. */
export const TWO_OF_AN_ORDER_SLOW: World = {
  ...TWO_OF_AN_ORDER,
  name: 'two payments of an order, a slow process',
  failures: false,
  replies: ['amount', 'refused', 'silent', 'silentTaken'],
  left: { ...TWO_OF_AN_ORDER.left, stalls: 1 },
};

/** The same while the database goes back in time. */
export const TWO_OF_AN_ORDER_REWIND: World = {
  ...TWO_OF_AN_ORDER,
  name: 'two payments of an order, a rewind',
  failures: false,
  replies: ['amount', 'refused'],
  left: { ...TWO_OF_AN_ORDER.left, rewinds: 1 },
};

/** Two orders whose buyers bring the same receipt, written differently. */
export const TWO_ORDERS: World = {
  ...TWO_OF_AN_ORDER,
  name: 'two orders, one receipt in two forms',
  orders: ['order', 'other order'],
  receipts: [['Ab-C='], ['aB+c']],
  left: { ...TWO_OF_AN_ORDER.left, stalls: 1 },
};

/** One payment, and everything that goes wrong around it. */
export const ONE: World = {
  ...TWO_OF_AN_ORDER,
  name: 'one payment, troubles',
  orders: ['order'],
  receipts: [['r0']],
  starts: ['pending'],
  tries: 2,
  left: { visits: 1, troubles: 1, stalls: 1, acts: 0, rewinds: 0 },
};

/** One payment that staff act on. */
export const STAFF: World = {
  ...ONE,
  name: 'one payment, staff',
  replies: [...TWO_OF_AN_ORDER.replies, 'other'],
  left: { visits: 1, troubles: 0, stalls: 1, acts: 1, rewinds: 0 },
};

/** One payment whose row goes back in time. */
export const REWIND: World = {
  ...ONE,
  name: 'one payment, a rewind',
  tries: 1,
  left: { visits: 1, troubles: 0, stalls: 1, acts: 0, rewinds: 1 },
};

/** An order’s first attempt, and a second one on a fresh connection. */
export const BEGINNING: World = {
  ...TWO_OF_AN_ORDER,
  name: 'the first attempts of an order',
  starts: ['created', undefined],
  left: { visits: 2, troubles: 0, stalls: 0, acts: 0, rewinds: 0 },
};

/** The worlds of `npm run model`. */
export const WORLDS: readonly World[] = [
  ONE,
  STAFF,
  REWIND,
  TWO_OF_AN_ORDER,
  TWO_OF_AN_ORDER_SLOW,
  TWO_OF_AN_ORDER_REWIND,
  TWO_ORDERS,
  BEGINNING,
];

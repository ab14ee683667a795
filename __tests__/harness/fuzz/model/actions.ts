import fc from 'fast-check';

/** The outcome that a callback claims. */
export type Says =
  | ('its receipt' | 'a second receipt' | 'the receipt of another payment' | 'an invented receipt')
  | ('the receipt of too little' | 'CanceledByUser' | 'Failed' | 'a state nobody knows')
  | 'Failed without an invoice'
  | ('OK without a receipt' | 'an unusable receipt' | 'OK with status 3' | 'another terminal')
  | ('a wrong key' | 'another invoice' | 'its receipt with a wrong key');

/** Callbacks that change nothing in any payment: rule 4 and the event table. */
export const FORGED: ReadonlySet<Says> = new Set<Says>([
  ...(['OK without a receipt', 'an unusable receipt', 'another terminal', 'a state nobody knows'] as const),
  ...(['a wrong key', 'another invoice', 'its receipt with a wrong key'] as const),
]);

/** An action on the shop. Orders and payments are counted from 0, and around. */
export type Action =
  | { do: 'start'; order: number; by: 'code' | 'form' }
  | { do: 'callback'; payment: number; says: Says; other: number }
  | { do: 'sweep' }
  | { do: 'resolve'; payment: number; outcome: 'paid' | 'failed' };

export const ORDERS = 3;

const start: fc.Arbitrary<Action> = fc.record(
  {
    do: fc.constant('start' as const),
    // Mostly the same one: its payments get into each other's way.
    order: fc.constantFrom(0, 0, 0, 1, 2),
    by: fc.constantFrom('code' as const, 'form' as const),
  },
  { noNullPrototype: true },
);

const says = fc.oneof(
  { weight: 9, arbitrary: fc.constant<Says>('its receipt') },
  { weight: 2, arbitrary: fc.constantFrom<Says>('the receipt of another payment', 'a second receipt') },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Says>('the receipt of too little', 'an invented receipt', 'OK with status 3'),
  },
  { weight: 2, arbitrary: fc.constantFrom<Says>('CanceledByUser', 'Failed', 'Failed without an invoice') },
  { weight: 3, arbitrary: fc.constantFrom<Says>(...FORGED) },
);

const callback: fc.Arbitrary<Action> = fc.record(
  { do: fc.constant('callback' as const), payment: fc.nat(3), says, other: fc.nat(3) },
  { noNullPrototype: true },
);

const resolve: fc.Arbitrary<Action> = fc.record(
  {
    do: fc.constant('resolve' as const),
    payment: fc.nat(3),
    outcome: fc.constantFrom('paid' as const, 'failed' as const),
  },
  { noNullPrototype: true },
);

export const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: start },
  { weight: 8, arbitrary: callback },
  { weight: 3, arbitrary: fc.constant<Action>({ do: 'sweep' }) },
  { weight: 1, arbitrary: resolve },
);

export const sayAction = (given: Action): string => {
  switch (given.do) {
    case 'start':
      return `start order ${given.order} by ${given.by}`;
    case 'callback':
      return `callback for payment ${given.payment}: ${given.says} (other: ${given.other})`;
    case 'sweep':
      return 'sweep';
    case 'resolve':
      return `resolve payment ${given.payment} as ${given.outcome}`;
  }
};

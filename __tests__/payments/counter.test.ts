import { Counter } from '../../lib/payments/counter';

test('counts each key, and forgets the one that was counted longest ago', () => {
  const counter = new Counter(2);
  const counts = ['a', 'a', 'b', 'a', 'c', 'a', 'b'].map((key) => counter.count(key));
  expect(counts).toEqual([1, 2, 1, 3, 1, 4, 1]);
});

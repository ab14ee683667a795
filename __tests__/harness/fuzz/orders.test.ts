import { fuzzOrders } from './orders/property';

test('a valid order is read correctly, and any other is refused by the names of its faults', () => {
  const { failure, count } = fuzzOrders(5_000, 7);
  expect(failure).toBeUndefined();
  expect(count.taken).toBeGreaterThan(1_000);
  expect(count.refused).toBeGreaterThan(1_000);
});

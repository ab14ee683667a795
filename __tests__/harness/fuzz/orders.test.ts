import { fuzzOrders } from './orders/property';

test('an order with nothing wrong is taken for what it stands for, and any other is refused by the names of its faults', () => {
  const { failure, count } = fuzzOrders(5_000, 7);
  expect(failure).toBeUndefined();
  expect(count.taken).toBeGreaterThan(1_000);
  expect(count.refused).toBeGreaterThan(1_000);
}, 60_000);

import { fuzzCallbacks } from './callbacks/campaign';

test('callbacks of any kind crash nothing, get no 5xx, and change nothing without a verified amount', async () => {
  const { failure, tally } = await fuzzCallbacks({ runs: 3_000, seed: 7 });
  expect(failure).toBeUndefined();
  expect(tally.outcomes['paid']).toBeGreaterThan(10);
  expect(tally.wires['socket']).toBeGreaterThan(50);
}, 120_000);

import { fuzzAnswers } from './answers/property';

test('of any answer the gateway could give, nothing but its meaning is taken, and no secret gets on', async () => {
  const { failure, kinds } = await fuzzAnswers(2_000, 7);
  expect(failure).toBeUndefined();
  expect(kinds.amount).toBeGreaterThan(300);
  expect(kinds.token).toBeGreaterThan(100);
  expect(kinds.refused).toBeGreaterThan(300);
  expect(kinds.unanswered).toBeGreaterThan(300);
});

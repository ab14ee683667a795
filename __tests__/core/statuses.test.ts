import {
  ALIVE,
  EVERY,
  FINAL,
  hasOutcome,
  HOLDING,
  HOOKED,
  STATUSES,
  SWEEP_ORDER,
  TAKING,
  UNDECIDED,
} from '../../lib/core/statuses';

test.each([
  ['the buyer may still pay', EVERY.filter((status) => STATUSES[status].open), ['created', 'pending']],
  ['the order is held', HOLDING, ['verifying', 'paid', 'review']],
  ['the order is not charged again', TAKING, ['received', 'verifying', 'paid', 'review']],
  ['it may pay its order', ALIVE, ['created', 'pending', 'received', 'verifying', 'paid', 'review']],
  ['no final word is stored', UNDECIDED, ['created', 'pending', 'received', 'verifying', 'review']],
  ['nothing leads out', FINAL, ['paid', 'failed']],
  ['a hook is called', HOOKED, ['paid', 'failed', 'review']],
])('statuses in which %s', (_what, statuses, expected) => {
  expect(statuses).toEqual(expected);
});

test('the shop is to know how a payment stands once it has a hook', () => {
  expect(EVERY.filter((status) => hasOutcome({ status }))).toEqual(['paid', 'failed', 'review']);
});

test('each outcome has the hook that is named after it', () => {
  const hooks = HOOKED.map((status) => [status, STATUSES[status].hook]);
  expect(hooks).toEqual([
    ['paid', 'onSuccess'],
    ['failed', 'onFailure'],
    ['review', 'onReview'],
  ]);
});

test('a sweep works on answers that buyers wait for first, and on every status once', () => {
  expect(SWEEP_ORDER).toEqual([
    ['verifying'],
    ['received'],
    ['paid', 'failed', 'review'],
    ['created', 'pending'],
  ]);
  expect(SWEEP_ORDER.flat().sort()).toEqual([...EVERY].sort());
});

import { readCallback } from '../../../lib/core/callback';

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'a status named like a property of every object, %s, is no number of Table 1',
  (status) => {
    expect(readCallback({ status }).claim).toEqual({ kind: 'unclear', problem: 'malformed' });
  },
);

test('a number of Table 1 without a state is its failure', () => {
  expect(readCallback({ status: '4' }).claim).toMatchObject({ kind: 'failed', reason: 'SessionIsNull' });
});

test('a state that is named in two ways is not replaced by its number', () => {
  const claim = readCallback({ state: ['OK', { state: '' }], status: '1' }).claim;
  expect(claim).toEqual({ kind: 'unclear', problem: 'malformed' });
});

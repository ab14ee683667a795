import { Returns } from '../../lib/payments/returns';

type Step = 'started' | 'expired' | 'cameBack';

const noticed = (...steps: Step[]): boolean[] => {
  const returns = new Returns();
  return steps.flatMap((step) => {
    const answer = returns[step]();
    return step === 'expired' ? [answer === true] : [];
  });
};
const times = (count: number, step: Step): Step[] => Array<Step>(count).fill(step);

test('three buyers who never came back are noticed once', () => {
  expect(noticed(...times(3, 'started'), ...times(4, 'expired'))).toEqual([false, false, true, false]);
});

test.each<[string, Step[]]>([
  ['a callback came', ['cameBack', ...times(3, 'started'), ...times(3, 'expired')]],
  ['other processes sent the buyers', [...times(2, 'started'), ...times(3, 'expired')]],
])('nothing is noticed when %s', (_why, steps) => {
  expect(noticed(...steps)).toEqual([false, false, false]);
});

import { retrying } from '../../../lib/stores/sql/retry';
import { rejection } from '../../support/store-errors';

const busy = new Error('busy');
const passes = (error: unknown): boolean => error === busy;

/** Time that passes only while it is slept, and by `slow` with each try; the pauses are recorded. */
function clockOf({ slow = 0 } = {}) {
  const slept: number[] = [];
  let time = 5_000;
  const clock = {
    now: () => time,
    sleep: (pause: number): Promise<void> => {
      slept.push(pause);
      return Promise.resolve();
    },
  };
  return { clock, slept, passWithin: () => (time += slow) };
}

afterEach(() => jest.restoreAllMocks());

/** Fails a number of times, and counts. */
function failing(
  times: number,
  each: () => void = () => undefined,
): { work: () => Promise<string>; tries: number } {
  const counted = {
    tries: 0,
    work: (): Promise<string> => {
      each();
      counted.tries += 1;
      return counted.tries > times ? Promise.resolve('done') : Promise.reject(busy);
    },
  };
  return counted;
}

test.each([
  ['at most', 1, [20, 40, 80, 160, 320, 400, 400, 400, 400, 400, 400]],
  ['half as long, as chance has it', 0.5, [10, 20, 40, 80, 160, 200, 200, 200, 200, 200, 200]],
])('pauses double up to 400 ms, %s', async (_how, random, pauses) => {
  jest.spyOn(Math, 'random').mockReturnValue(random);
  const { clock, slept } = clockOf();
  expect(await retrying(failing(11).work, passes, clock)).toBe('done');
  expect(slept).toEqual(pauses);
});

test('the twelfth failure is thrown', async () => {
  const { clock } = clockOf();
  const counted = failing(12);
  expect(await rejection(retrying(counted.work, passes, clock))).toBe(busy);
  expect(counted.tries).toBe(12);
});

test.each([
  [25_000, 2],
  [25_001, 1],
])('after a try that took %d ms there were %d', async (slow, tries) => {
  const { clock, passWithin } = clockOf({ slow });
  const counted = failing(12, passWithin);
  expect(await rejection(retrying(counted.work, passes, clock))).toBe(busy);
  expect(counted.tries).toBe(tries);
});

test('a lasting error is thrown at once', async () => {
  const { clock, slept } = clockOf();
  const counted = failing(1);
  expect(await rejection(retrying(counted.work, () => false, clock))).toBe(busy);
  expect([counted.tries, slept]).toEqual([1, []]);
});

import timers from 'node:timers/promises';
import { retrying } from '../../lib/stores/sql/retry';
import { rejection } from '../support/store-errors';

const busy = new Error('busy');
const passes = (error: unknown): boolean => error === busy;

/** Time that passes only while it is slept; what was slept is kept. */
function clock(random: number, { slow = 0 } = {}): { slept: number[]; passWithin: () => void } {
  const slept: number[] = [];
  let now = 5_000;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  jest.spyOn(Math, 'random').mockReturnValue(random);
  jest.spyOn(timers, 'setTimeout').mockImplementation((pause = 0) => {
    slept.push(pause);
    return Promise.resolve(undefined as never);
  });
  return { slept, passWithin: () => (now += slow) };
}

afterEach(() => jest.restoreAllMocks());

/** Fails as often as told, and counts. */
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
  const { slept } = clock(random);
  expect(await retrying(failing(11).work, passes)).toBe('done');
  expect(slept).toEqual(pauses);
});

test('the twelfth failure is thrown', async () => {
  clock(0);
  const counted = failing(12);
  expect(await rejection(retrying(counted.work, passes))).toBe(busy);
  expect(counted.tries).toBe(12);
});

test.each([
  [10_000, 2],
  [10_001, 1],
])('after a try that took %d ms there were %d', async (slow, tries) => {
  const { passWithin } = clock(0, { slow });
  const counted = failing(12, passWithin);
  expect(await rejection(retrying(counted.work, passes))).toBe(busy);
  expect(counted.tries).toBe(tries);
});

test('what does not pass by itself is thrown at once', async () => {
  const { slept } = clock(1);
  const counted = failing(1);
  expect(await rejection(retrying(counted.work, () => false))).toBe(busy);
  expect([counted.tries, slept]).toEqual([1, []]);
});

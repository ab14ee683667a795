import { readings } from '../../lib/core/fold';

const escapedTimes = (text: string, times: number): string =>
  times === 0 ? text : escapedTimes(encodeURIComponent(text), times - 1);

test('a text is read through three levels of escapes, and no more', () => {
  const texts = (times: number): string[] => readings(escapedTimes('a/b', times)).map(({ text }) => text);
  expect(texts(0)).toEqual(['a/b']);
  expect(texts(3)).toEqual(['a%25252Fb', 'a%252Fb', 'a%2Fb', 'a/b']);
  expect(texts(5)).toHaveLength(4);
});

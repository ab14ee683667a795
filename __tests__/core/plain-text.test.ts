import { isOneLine, oneLine } from '../../lib/core/text';

const UNRULY = [
  '\n',
  '\r\n',
  '\t',
  '\0',
  '\u001b',
  '\u0085',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u2066',
  '\ud800',
];

describe("somebody else's text", () => {
  test.each(UNRULY)('is no line with %j in it, and becomes one', (sign) => {
    expect(isOneLine(`a${sign}b`)).toBe(false);
    expect(oneLine(`a${sign}b`, 9)).toBe('a b');
  });

  test.each(['a b', '‌می‌رود', '\u200fa', 'é😀', ''])('is a line as it is: %j', (text) => {
    expect(isOneLine(text)).toBe(true);
    expect(oneLine(text, 99)).toBe(text);
  });

  it('has one blank where there were several, and no more characters than it may have', () => {
    expect(oneLine('a \n \t b', 9)).toBe('a b');
    expect(oneLine('abcdef', 3)).toBe('abc');
    expect(oneLine('ab\n\ncd', 4)).toBe('ab c');
  });
});

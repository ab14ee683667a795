import { texts, type Texts } from '../lib/texts';
import { LOCALES } from './pages/payments';

/** Every text of a language by its path. */
function flatten(value: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    if (typeof inner === 'string') found.set(path + key, inner);
    else if (typeof inner === 'object' && inner !== null) {
      for (const [deeper, text] of flatten(inner, `${path}${key}.`)) found.set(deeper, text);
    }
  }
  return found;
}

const all = (source: Texts): [string, string][] => [...flatten(source)];

describe('the texts', () => {
  it('say the same things in both languages', () => {
    expect([...flatten(texts('fa')).keys()].sort()).toEqual([...flatten(texts('en')).keys()].sort());
  });

  it.each(LOCALES)('are written out and tidy (%s)', (locale) => {
    for (const [path, text] of all(texts(locale))) {
      expect([path, text]).toEqual([path, text.trim()]);
      expect([path, text.length > 1]).toEqual([path, true]);
      expect([path, / {2}|\s[.،,؛;:]/.test(text)]).toEqual([path, false]);
    }
  });

  it.each(LOCALES)('differ for every failure (%s)', (locale) => {
    const said = Object.values(texts(locale).failure);
    expect(new Set(said).size).toBe(said.length);
    for (const text of said) expect(text).toMatch(/\.$/);
  });

  it.each(LOCALES)('keep buyers whose money may be gone from paying again (%s)', (locale) => {
    const { failure, outcome } = texts(locale);
    const doNot = locale === 'fa' ? /دوباره پرداخت نکنید/ : /do not pay again/;
    expect(failure.AmountMismatch).toMatch(doNot);
    expect(failure.VerificationUnclear).toMatch(doNot);
    expect(failure.VerificationTimedOut).toMatch(doNot);
    expect(failure.OrderInReview).toMatch(doNot);
    expect(outcome.received.body).toMatch(doNot);
    expect(outcome.verifying.body).toMatch(doNot);
  });

  it('promise no time by which money is back', () => {
    for (const [path, text] of [...all(texts('fa')), ...all(texts('en'))]) {
      // Texts about time or columns, which say nothing of money.
      if (path === 'error.tooManyAttempts.body' || path === 'label.time') continue;
      expect(text).not.toMatch(/ساعت|روز کاری|hours|\bdays\b/);
    }
  });

  it('are Persian in fa: Persian letters, and half-spaces where words are joined', () => {
    for (const [path, text] of all(texts('fa'))) {
      const words = text.replace(/\{(time|phone)\}/g, '');
      expect([path, words.match(/[يكةA-Za-z0-9]/)?.[0]]).toEqual([path, undefined]);
      expect([path, /(^|\s)(ن?می|بی) |\s(ها|های|ای|اند)(\s|$)/.test(text)]).toEqual([path, false]);
    }
  });

  it('spell the ezafe after a silent he in one way: not at all', () => {
    for (const [path, text] of all(texts('fa'))) expect([path, /ۀ|هٔ|ه‌ی /.test(text)]).toEqual([path, false]);
  });

  it('have the same places for moments and numbers in both languages', () => {
    const places = (source: Texts): [string, string[]][] =>
      all(source).map(([path, text]) => [path, text.match(/\{\w+\}/g) ?? []]);
    expect(new Map(places(texts('fa')))).toEqual(new Map(places(texts('en'))));
    expect(
      places(texts('en'))
        .flatMap(([, found]) => found)
        .sort(),
    ).toEqual(['phone', 'time', 'time', 'time', 'time', 'time'].map((name) => `{${name}}`));
  });

  it('are English in en', () => {
    for (const [path, text] of all(texts('en'))) {
      expect([path, /[\u0600-\u06ff]/.test(text)]).toEqual([path, false]);
    }
  });
});

import type { Locale } from '../../texts';
import type { Saying } from '../texts/problems';

const LONGEST = 200;

/** An input that cannot be understood: what is expected, and what came. */
export class BadInput extends Error {
  constructor(
    private readonly expected: Saying,
    private readonly given?: string,
  ) {
    super(expected('en'));
  }

  /** In words, for the person. */
  text(locale: Locale): string {
    const expected = this.expected(locale);
    const given = this.given?.slice(0, LONGEST);
    if (given === undefined) return expected;
    return locale === 'fa' ? `«${given}»: ${expected}` : `"${given}": ${expected}`;
  }
}

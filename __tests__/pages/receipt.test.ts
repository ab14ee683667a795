import type { Payment } from '../../lib/core/payment';
import { receiptAmounts, resultPage } from '../../lib/pages';
import { texts, type Locale } from '../../lib/texts';
import { base, failed, inReview, LOCALES, paid, viewOf } from './payments';

describe('amounts', () => {
  it('are shown in Rials and in Tomans, whichever the shop speaks', () => {
    const tomans = { ...base, amount: 125_000, currency: 'IRT' as const };
    const rials = { ...base, amount: 1_250_000, currency: 'IRR' as const };
    const both = { rials: '1,250,000 Rials', tomans: '125,000 Tomans' };
    expect(receiptAmounts(tomans, 'en')).toEqual(both);
    expect(receiptAmounts(rials, 'en')).toEqual(both);
  });

  it('have Persian digits in Persian', () => {
    expect(receiptAmounts({ ...paid, amount: 125_000 }, 'fa')).toEqual({
      rials: '۱٬۲۵۰٬۰۰۰ ریال',
      tomans: '۱۲۵٬۰۰۰ تومان',
    });
  });

  it.each([
    [10_005, '10,005 Rials', '1,000.5 Tomans'],
    [1, '1 Rials', '0.1 Tomans'],
    [9_007_199_254_740_991, '9,007,199,254,740,991 Rials', '900,719,925,474,099.1 Tomans'],
  ])('lose no Rial: %d', (amount, rials, tomans) => {
    expect(receiptAmounts({ ...paid, amount, currency: 'IRR' }, 'en')).toEqual({ rials, tomans });
    expect(receiptAmounts({ ...paid, amount: amount / 10, currency: 'IRT' }, 'en')).toEqual({
      rials,
      tomans,
    });
  });

  it('show half a Toman in Persian', () => {
    expect(receiptAmounts({ ...paid, amount: 10_005, currency: 'IRR' }, 'fa').tomans).toBe('۱٬۰۰۰٫۵ تومان');
  });
});

describe('the receipt', () => {
  const page = (payment: Payment, locale: Locale): string => resultPage(viewOf(payment, locale)).html;
  const fa = page(paid, 'fa');
  const en = page(paid, 'en');
  const labels = (html: string): string[] =>
    [...html.matchAll(/<dt>([^<]*)/g)].map(([, label = '']) => label);
  /** The value of a row as a buyer reads or copies it. */
  const value = (html: string, label: string): string =>
    new RegExp(`<dt>${label}</dt>\\s*<dd>(.*?)(<button|</dd>)`, 's')
      .exec(html)?.[1]
      ?.replace(/<[^>]*>/g, '')
      .trim() ?? '';

  it('begins with the amount as the shop has shown it', () => {
    expect(en).toMatch(/<strong>125,000 Tomans<\/strong>\s*<span>1,250,000 Rials<\/span>/);
    expect(page({ ...paid, currency: 'IRR' }, 'en')).toMatch(
      /<strong>125,000 Rials<\/strong>\s*<span>12,500 Tomans<\/span>/,
    );
  });

  it('has the numbers for buyers first, and then those for staff and banks', () => {
    expect(labels(en)).toEqual([
      'Order number',
      'Date and time',
      'Trace number',
      'Card number',
      'Bank reference',
      'Invoice number',
      'Digital receipt',
    ]);
  });

  it('shows the time in Tehran, in Persian by the Persian calendar', () => {
    expect(fa).toContain('<time datetime="2025-11-24T16:00:00.000Z">۳ آذر ۱۴۰۴ ساعت ۱۹:۳۰</time>');
    expect(en).toMatch(/<time datetime="2025-11-24T16:00:00.000Z">24 Nov(ember)? 2025(,| at) 19:30<\/time>/);
  });

  it.each(LOCALES)('of a failed payment or one in review shows its time too (%s)', (locale) => {
    for (const payment of [failed('Failed', locale), inReview(locale)]) {
      expect(value(page(payment, locale), texts(locale).label.time)).toMatch(/19:30|۱۹:۳۰/);
    }
  });

  it('has every number the buyer may be asked for, in digits that can be copied', () => {
    const { label } = texts('fa');
    expect(value(fa, label.order)).toBe('42');
    expect(value(fa, label.trace)).toBe('483920');
    expect(value(fa, label.rrn)).toBe('330291847263');
    expect(value(fa, label.card)).toBe('610433******1234');
    expect(value(fa, label.invoice)).toBe(paid.invoiceNumber);
    expect(value(fa, label.reference)).toBe(paid.referenceNumber);
    expect([...fa.matchAll(/class="copy" value="([^"]*)" hidden/g)].map(([, copied]) => copied)).toEqual([
      paid.invoiceNumber,
      paid.referenceNumber,
    ]);
  });

  it('leaves out values that the gateway did not send', () => {
    const { traceNumber, rrn, maskedPan, terminalId, ...bare } = paid;
    expect([traceNumber, rrn, maskedPan, terminalId].filter((gone) => gone !== undefined)).toHaveLength(4);
    expect(labels(page(bare, 'en'))).toEqual([
      'Order number',
      'Date and time',
      'Invoice number',
      'Digital receipt',
    ]);
  });

  it('has a row for the purchase', () => {
    expect(value(page({ ...paid, description: 'A book' }, 'en'), 'For')).toBe('A book');
  });

  it('says when it was made, for paper', () => {
    expect(en).toMatch(/id="printed">[^]*Printed: <time datetime="2025-11-24T16:01:00.000Z">/);
  });
});

import { receiptAmounts, resultPage } from '../../lib/pages';
import { base, paid } from './payments';

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
  const fa = resultPage({ payment: paid, locale: 'fa' }).html;
  const en = resultPage({ payment: paid, locale: 'en' }).html;

  it('begins with the amount as the shop has shown it', () => {
    expect(en).toContain('<strong>125,000 Tomans</strong><span>1,250,000 Rials</span>');
    const inRials = resultPage({ payment: { ...paid, currency: 'IRR' }, locale: 'en' }).html;
    expect(inRials).toContain('<strong>125,000 Rials</strong><span>12,500 Tomans</span>');
  });

  it('tells the time in Tehran, in Persian by the Persian calendar', () => {
    expect(fa).toContain('<time datetime="2025-11-24T16:00:00.000Z">۳ آذر ۱۴۰۴ ساعت ۱۹:۳۰</time>');
    expect(en).toMatch(/<time datetime="2025-11-24T16:00:00.000Z">24 Nov(ember)? 2025(,| at) 19:30<\/time>/);
  });

  it('has every number the buyer may be asked for, in digits that can be copied', () => {
    const numbers = [paid.invoiceNumber, paid.referenceNumber, '483920', '330291847263', '610433******1234'];
    for (const html of [fa, en]) {
      for (const number of numbers)
        expect(html).toContain(`<dd><bdi class="id" dir="ltr">${number}</bdi></dd>`);
    }
  });

  it('leaves out what the gateway did not tell', () => {
    const { traceNumber, rrn, maskedPan, terminalId, ...bare } = paid;
    const html = resultPage({ payment: bare, locale: 'en' }).html;
    expect([traceNumber, rrn, maskedPan, terminalId].filter((gone) => gone !== undefined)).toHaveLength(4);
    expect(html.match(/<dt>[^<]*/g)).toEqual([
      '<dt>Time (Tehran)',
      '<dt>Invoice number',
      '<dt>Digital receipt',
    ]);
  });

  it('has a row for what was bought', () => {
    const html = resultPage({ payment: { ...paid, description: 'A book' }, locale: 'en' }).html;
    expect(html).toContain('<dt>For</dt><dd><bdi>A book</bdi></dd>');
  });
});

import { fill, grouped, identifier, linkButton, moment, telephone } from '../../lib/pages/parts';
import { html } from '../../lib/html';

describe('the parts of a page', () => {
  it('keep identifiers left to right and apart from the text around them', () => {
    expect(identifier('A/1<').text).toBe('<bdi class="id" dir="ltr">A/1&lt;</bdi>');
  });

  it('group a long number without a character more in it', () => {
    const { text } = grouped('17640000001234567890', 4);
    expect(text.match(/<span>\d{4}<\/span>/g)).toHaveLength(5);
    expect(text.replace(/<[^>]*>/g, '')).toBe('17640000001234567890');
  });

  it('group by letters, not by the halves of one', () => {
    expect(grouped('😀😀😀', 2).text).toContain('<span>😀😀</span>');
  });

  it('call a number that is written in Persian digits', () => {
    expect(telephone('۰۲۱-۸۸۷۷ ۶۶۵۵').text).toContain('href="tel:02188776655"');
    expect(telephone('+98 (21) 8877<').text).toContain(
      'href="tel:+98218877"><bdi dir="ltr">+98 (21) 8877&lt;',
    );
  });

  it('put markup in its place in a text, and escape the text', () => {
    expect(fill('until {time} & <later>', 'time', html`<b>noon</b>`).text).toBe(
      'until <b>noon</b> &amp; &lt;later&gt;',
    );
  });

  it('show the time in Tehran, and say so', () => {
    const time = Date.UTC(2025, 10, 24, 16, 0);
    expect(moment(time, 'fa').text).toMatch(
      />۳ آذر ۱۴۰۴ ساعت ۱۹:۳۰<\/time>\s*<span class="zone">به وقت تهران</,
    );
    expect(moment(time, 'en').text).toMatch(/19:30<\/time>\s*<span class="zone">Tehran time</);
  });

  it('link where it is safe only', () => {
    expect(linkButton('/a"b', 'on <')?.text).toBe('<a class="button first" href="/a&quot;b">on &lt;</a>');
    expect(linkButton('myshop://orders', 'on')?.text).toContain('href="myshop://orders"');
    expect(linkButton('javascript:alert(1)', 'on')).toBeUndefined();
    expect(linkButton(undefined, 'on')).toBeUndefined();
  });
});

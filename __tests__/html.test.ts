import { html, raw } from '../lib/html';

describe('the template', () => {
  it('escapes characters that could end an element, an attribute or an entity', () => {
    expect(html`<p>${`<a href="x" title='y'>&amp;`}</p>`.text).toBe(
      '<p>&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;</p>',
    );
  });

  it('puts in its markup as it is', () => {
    const list = [html`<b>${'<'}</b>`, raw('<br>')];
    expect(html`<p>${list}</p>`.text).toBe('<p><b>&lt;</b><br></p>');
  });

  it('puts in nothing for missing values', () => {
    expect(html`<p>${undefined}${null}${false}${''}</p>`.text).toBe('<p></p>');
  });

  it('writes numbers, zero too', () => {
    expect(html`<p title="${0}">${1.5}</p>`.text).toBe('<p title="0">1.5</p>');
  });

  it('escapes lists however deep they are', () => {
    expect(html`${['<', ['>', ['&']]]}`.text).toBe('&lt;&gt;&amp;');
  });
});

import { readForms } from '../../lib/simulator/forms';
import { html, unescape } from '../../lib/simulator/html';

test('reads forms as a browser would submit them, however their attributes are written', () => {
  const page = `<FORM method=post ACTION='/a?x=1&amp;y=2'><input NAME=token value="a &quot;b&#39;&#x26;">
    <input type=submit value=Go><input name='empty'></FORM><p><form><input value="1" name="n" disabled></form>`;
  expect(readForms(page)).toEqual([
    { action: '/a?x=1&y=2', fields: { token: `a "b'&`, empty: '' } },
    { action: '', fields: { n: '1' } },
  ]);
});

test('of a page without forms there are none', () => {
  expect(readForms('<p>no</p>')).toEqual([]);
});

test('leaves an entity that it does not know', () => {
  expect(unescape('&nbsp;&AMP;&;')).toBe('&nbsp;&&;');
});

test('escapes values, leaves out missing ones, joins lists', () => {
  const parts = [html`<b>${'<'}</b>`, 5, undefined, false] as const;
  expect(html`<p>${parts}${`"'&>`}</p>`.text).toBe('<p><b>&lt;</b>5&quot;&#39;&amp;&gt;</p>');
});

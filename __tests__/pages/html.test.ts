import { isSafeUrl } from '../../lib/pages';
import { escapeHtml, identifier, linkButton } from '../../lib/pages/html';

describe('escaping', () => {
  it('leaves nothing that could end an element, an attribute or an entity', () => {
    expect(escapeHtml(`<a href="x" title='y'>&amp;`)).toBe(
      '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;',
    );
  });

  it('keeps identifiers left to right and apart from the text around them', () => {
    expect(identifier('A/1<')).toBe('<bdi class="id" dir="ltr">A/1&lt;</bdi>');
  });
});

describe('a safe URL', () => {
  it.each([
    'https://shop.example/orders/42',
    'http://localhost:3000/orders/42?a=1&b=2#c',
    'HTTPS://SHOP.EXAMPLE/',
    'https://فروشگاه.example/سفارش/۴۲',
    '/orders/42',
    '/orders/a b;c"d\'e',
    '/go?to=javascript:alert(1)',
    '/سفارش/۴۲',
    'orders/42',
    '../orders/42',
    '?order=42',
    '/',
  ])('is one over http or https, or a path: %s', (url) => {
    expect(isSafeUrl(url)).toBe(true);
  });

  it.each([
    '',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    '\tjavascript:alert(1)',
    'java\nscript:alert(1)',
    'java\u0000script:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'mailto:a@shop.example',
    'shop.example:8080/x',
    '//evil.example/x',
    '/\\evil.example/x',
    '\\\\evil.example/x',
    '/\t/evil.example/x',
    'https:evil.example',
    'https:/evil.example',
    'https:///evil.example',
    'https://',
    'https://a b/',
    "'/orders/42'",
    '"/orders/42',
    '/orders/42\n',
    '/orders/42 ',
  ])('is nothing else: %j', (url) => {
    expect(isSafeUrl(url)).toBe(false);
    expect(linkButton(url, 'go')).toBe('');
  });

  it('is what a link needs', () => {
    expect(linkButton('/a"b', 'on <')).toBe('<a class="button first" href="/a&quot;b">on &lt;</a>');
    expect(linkButton(undefined, 'on')).toBe('');
  });
});

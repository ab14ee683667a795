import { errorPage, type ErrorKind } from '../../lib/pages';
import { texts } from '../../lib/texts';
import { LOCALES, shop } from './payments';
import { expectOnlyHashedCode, policyOf, QUIET_HEADERS } from './policy';

const isKind = (key: string): key is ErrorKind => key in texts('en').error;
const KINDS = Object.keys(texts('en').error).filter(isKind);

describe.each(LOCALES)('the error page (%s)', (locale) => {
  const { error, action } = texts(locale);

  it.each(KINDS)('says what happened and what to do: %s', (kind) => {
    const page = errorPage({ kind, locale, shop });
    expect(page.html).toContain(`<title>${error[kind].title}</title>`);
    expect(page.html).toMatch(new RegExp(`<h1>${error[kind].title}</h1>\\s*<p>`));
    expect(page.html).toContain(error[kind].body);
    expectOnlyHashedCode(page);
    expect(policyOf(page).get('form-action')).toBe("'none'");
    expect(page.headers).toMatchObject({ ...QUIET_HEADERS, 'Referrer-Policy': 'no-referrer' });
  });

  const links = (kind: ErrorKind, retryUrl?: string): string[] =>
    [
      ...errorPage({ kind, locale, shop, retryUrl }).html.matchAll(
        /<a class="button \w+" href="([^"]*)">([^<]*)/g,
      ),
    ].map(([, url, label]) => `${url}: ${label}`);

  it.each(KINDS)('has a way on: %s', (kind) => {
    expect(links(kind)).toEqual([`/shop: ${action.back}`]);
  });

  it('leads to another try where that can help, and back', () => {
    expect(links('gatewayUnavailable', '/cart')).toEqual([`/cart: ${action.retry}`, `/shop: ${action.back}`]);
    expect(links('orderNotFound', '/cart')).toEqual([`/shop: ${action.back}`]);
  });

  it('links nowhere that is not safe', () => {
    const unsafe = { url: 'javascript:alert(1)', name: 'x' };
    const { html } = errorPage({ kind: 'internal', locale, shop: unsafe, retryUrl: 'javascript:alert(1)' });
    expect(html).not.toContain('<a ');
  });

  it('says where to call', () => {
    expect(errorPage({ kind: 'internal', locale, shop }).html).toContain('href="tel:+982188776655"');
  });

  it('escapes its values', () => {
    const { html } = errorPage({
      kind: 'orderInvalid',
      locale,
      shop: { ...shop, name: '<script>3', phone: '<script>021' },
      detail: '"><script>1',
      retryUrl: '/"><script>2',
    });
    expect(html).not.toContain('<script>');
    expect(html).toContain('<bdi>&lt;script&gt;3</bdi>');
    expect(html).toContain('<bdi>&quot;&gt;&lt;script&gt;1</bdi>');
    expect(html).toContain('href="/&quot;&gt;&lt;script&gt;2"');
  });

  it('does not distinguish a wrong key from an unknown invoice', () => {
    const { html } = errorPage({ kind: 'notFound', locale, shop });
    expect(html.slice(html.indexOf('<main'))).not.toMatch(/کلید|فاکتور|invoice|key/);
  });
});

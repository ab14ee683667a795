import { errorPage, type ErrorKind } from '../../lib/pages';
import { texts } from '../../lib/texts';
import { LOCALES } from './payments';
import { expectOnlyHashedCode, policyOf, QUIET_HEADERS } from './policy';

const isKind = (key: string): key is ErrorKind => key in texts('en').error;
const KINDS = Object.keys(texts('en').error).filter(isKind);

describe.each(LOCALES)('the error page (%s)', (locale) => {
  const { error, action } = texts(locale);

  it.each(KINDS)('says what happened and what to do: %s', (kind) => {
    const page = errorPage({ kind, locale });
    expect(page.html).toContain(`<title>${error[kind].title}</title>`);
    expect(page.html).toContain(`<h1>${error[kind].title}</h1><p>${error[kind].body}</p>`);
    expectOnlyHashedCode(page);
    expect(policyOf(page).get('form-action')).toBe("'none'");
    expect(page.headers).toMatchObject({ ...QUIET_HEADERS, 'Referrer-Policy': 'no-referrer' });
  });

  it('leads to another try where that can help, else back', () => {
    const link = (kind: ErrorKind): string => errorPage({ kind, locale, retryUrl: '/cart' }).html;
    expect(link('gatewayUnavailable')).toContain(`href="/cart">${action.retry}</a>`);
    expect(link('orderNotFound')).toContain(`href="/cart">${action.back}</a>`);
  });

  it('links nowhere that is not safe', () => {
    expect(errorPage({ kind: 'internal', locale, retryUrl: 'javascript:alert(1)' }).html).not.toContain(
      '<a ',
    );
  });

  it('escapes what it is given', () => {
    const { html } = errorPage({
      kind: 'orderInvalid',
      locale,
      detail: '"><script>1',
      retryUrl: '/"><script>2',
    });
    expect(html).not.toContain('<script>');
    expect(html).toContain('<bdi>&quot;&gt;&lt;script&gt;1</bdi>');
    expect(html).toContain('href="/&quot;&gt;&lt;script&gt;2"');
  });

  it('does not tell a wrong key from an unknown invoice', () => {
    const { html } = errorPage({ kind: 'notFound', locale });
    expect(html.slice(html.indexOf('<main'))).not.toMatch(/کلید|فاکتور|invoice|key/);
  });
});

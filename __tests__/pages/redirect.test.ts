import { redirectPage } from '../../lib/pages';
import { LOCALES } from './payments';

const shop = { url: '/', name: 'Shoes' };
import { expectOnlyHashedCode, policyOf, QUIET_HEADERS } from './policy';

const action = 'https://mipg.atipay.net/v1/redirect-to-gateway';
const token = '0123456789abcdef0123456789abcdef';

describe.each(LOCALES)('the redirect page (%s)', (locale) => {
  const page = redirectPage({ action, token, locale, shop });

  it('posts nothing but the token to the gateway', () => {
    expect(page.html).toContain(`<form method="post" action="${action}">`);
    expect(page.html.match(/<input[^>]*>/g)).toEqual([
      expect.stringContaining(`name="token" value="${token}"`),
    ]);
  });

  it('has a button for browsers that run no script', () => {
    expect(page.html).toMatch(/<button autocomplete="off">[^<]+<\/button>\s*<\/form>/);
  });

  it('lets the browser follow the gateway to any bank', () => {
    expect([...policyOf(page).keys()]).toEqual([
      'default-src',
      'script-src',
      'style-src',
      'base-uri',
      'frame-ancestors',
    ]);
    expect(policyOf(page).get('default-src')).toBe("'none'");
    expect(policyOf(page).get('base-uri')).toBe("'none'");
    expect(policyOf(page).get('frame-ancestors')).toBe("'none'");
    expect(page.headers['Referrer-Policy']).toBe('origin');
  });

  it('runs the router’s script and style and nothing else', () => expectOnlyHashedCode(page));

  it('is kept by no cache, frame or search engine', () => {
    expect(page.headers).toMatchObject(QUIET_HEADERS);
  });

  it('escapes the token and the address', () => {
    const hostile = redirectPage({
      action: `${action}?"><script>`,
      token: `"><script>'&`,
      locale,
      shop,
    }).html;
    expect(hostile).toContain(`action="${action}?&quot;&gt;&lt;script&gt;"`);
    expect(hostile).toContain('value="&quot;&gt;&lt;script&gt;&#39;&amp;"');
    expect(hostile.match(/<script/g)).toHaveLength(1);
  });

  it('is in its language', () => {
    expect(page.html).toContain(
      locale === 'fa' ? '<html lang="fa" dir="rtl">' : '<html lang="en" dir="ltr">',
    );
  });
});

import { renewPage } from '../../lib/pages';
import { texts } from '../../lib/texts';
import { LOCALES, shop } from './payments';
import { expectOnlyHashedCode, policyOf, QUIET_HEADERS } from './policy';

describe.each(LOCALES)('the page of an old payment link (%s)', (locale) => {
  const page = renewPage({ locale, shop });
  const { renew, action } = texts(locale);

  it('starts a new attempt by a form, not by being opened', () => {
    expect(page.html).toContain(`<h1>${renew.title}</h1>`);
    expect(page.html).toMatch(
      new RegExp(`<form method="post">\\s*<button class="button first">${action.renew}</button>`),
    );
    expect(page.html).not.toContain('<script');
  });

  it('leads back to the shop', () => {
    expect(page.html).toContain(`href="/shop">${action.back}</a>`);
  });

  it('may go on to any bank or shop, loads nothing but the logo and is kept by no cache', () => {
    expectOnlyHashedCode(page);
    expect([...policyOf(page).keys()]).toEqual([
      'default-src',
      'style-src',
      'base-uri',
      'frame-ancestors',
      'img-src',
    ]);
    expect(page.headers).toMatchObject({ ...QUIET_HEADERS, 'Referrer-Policy': 'no-referrer' });
  });
});

import { resultPage, type Page } from '../../lib/pages';
import { describeInBrowser } from '../support/browser';
import { viewOf } from './gallery';
import { paid, undecided } from './payments';
import { setPages } from './set-pages';

describeInBrowser('pages that wait', () => {
  const { site, tab } = setPages();

  const waiting = (): Page => resultPage(viewOf(undecided('verifying'), 'en', { refreshSeconds: 1 }));
  const done = (): Page => resultPage(viewOf(paid, 'en'));

  it('reload when there are news, and until then keep the place and the focus of their reader', async () => {
    site.pages.set('/result', waiting());
    site.documents.set('/result', { status: 'verifying', refreshSeconds: 0.01 });
    const [page, complaints] = await tab();
    await page.goto(`${site.origin}/result`);
    expect(await page.getByText('This page updates automatically.').isVisible()).toBe(true);
    await page.getByText('Back to the shop').focus();
    await page.evaluate('window.stays = true');
    await site.questioned(3);
    expect(await page.evaluate('[window.stays, document.activeElement.textContent]')).toEqual([
      true,
      'Back to the shop',
    ]);
    site.pages.set('/result', done());
    site.documents.set('/result', { status: 'paid' });
    await page.getByRole('heading', { name: 'Payment successful' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('go on looking after the network has failed', async () => {
    site.pages.set('/result', waiting());
    const [page] = await tab();
    let lost = 0;
    await page.route('**/result', async (route) => {
      if (route.request().resourceType() !== 'fetch' || lost === 2) return route.continue();
      lost += 1;
      return route.abort();
    });
    await page.goto(`${site.origin}/result`);
    site.pages.set('/result', done());
    site.documents.set('/result', { status: 'paid' });
    await page.getByRole('heading', { name: 'Payment successful' }).waitFor();
    expect(lost).toBe(2);
  });

  it('reload when the wait is over though nothing is decided', async () => {
    site.pages.set('/result', waiting());
    const [page] = await tab();
    await page.goto(`${site.origin}/result`);
    site.pages.set('/orders', done());
    site.pages.set('/result', resultPage(viewOf(undecided('verifying'), 'en', { continueUrl: '/orders' })));
    site.documents.set('/result', { status: 'verifying' });
    await page.waitForURL('**/orders');
  });

  it('are reloaded by a link where no script runs, and promise nothing else', async () => {
    site.pages.set('/result', waiting());
    const [page] = await tab({ script: false });
    await page.goto(`${site.origin}/result`);
    expect(await page.getByText('This page updates automatically.').isVisible()).toBe(false);
    site.pages.set('/result', done());
    await page.getByText('Reload this page').click();
    await page.getByRole('heading', { name: 'Payment successful' }).waitFor();
  });
});

import compression from 'compression';
import { openSurrounded, postPay, takeWholePayment } from '../../../support/surrounded';

test('compression in front of everything: the page to the gateway arrives compressed, the receipt as it is, both whole', async () => {
  const scene = await openSurrounded((app, router) =>
    app.use(compression({ threshold: 0 })).use('/payment', router),
  );
  const page = await postPay(scene);
  const { result, text } = await takeWholePayment(scene);
  const encodings = [page, result].map(({ headers }) => headers.get('Content-Encoding'));
  // Middleware that acts when headers are written, as sessions do with their cookie, is passed by on the way back.
  expect(encodings).toEqual([expect.stringMatching(/^(?:gzip|br|deflate)$/), null]);
  expect(await page.text()).toMatch(/<\/html>\s*$/);
  expect(text).toMatch(/<\/html>\s*$/);
});

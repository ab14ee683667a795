import manifest from 'express/package.json';
import { openSurrounded, postPay, takeWholePayment } from '../support/surrounded';

test(`a shop on Express ${manifest.version} takes a payment`, async () => {
  const scene = await openSurrounded((app, router) => app.use('/payment', router));
  const before = await postPay(scene);
  expect(before.headers.get('X-Powered-By')).toBe('Express');
  await takeWholePayment(scene);
});

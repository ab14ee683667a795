import { openShop } from '../support/opened';
import { toPayment } from '../../lib/payment-view';

test.each(['paid', 'review'] as const)(
  'a %s payment always says its receipt, be it an empty one',
  async (status) => {
    const shop = await openShop();
    const record = await shop.started();
    expect(toPayment({ ...record, status }, 'en')).toMatchObject({ referenceNumber: '' });
  },
);

test('a failure whose reason was not kept is one, without more to say of it', async () => {
  const shop = await openShop();
  const record = await shop.started();
  expect(toPayment({ ...record, status: 'failed' }, 'en')).toHaveProperty('failure.reason', 'Failed');
});

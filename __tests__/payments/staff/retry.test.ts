import { entriesOf, eventsOf } from '../../support/history';
import { openShop } from '../../support/opened';
import { held } from '../../support/scripted-gateway';
import { HOUR, MINUTE } from '../../support/shop';
import { wholeDelays } from '../../support/spread';
import { until } from '../../support/until';
import { inReview, paid } from './scene';

wholeDelays();

test('a payment that is being verified is asked about now, and the history says who wanted it', async () => {
  const shop = await openShop();
  const { record } = await shop.unanswered();
  expect(await shop.atipay.retry(record.invoiceNumber, ' Sara ')).toMatchObject({ status: 'paid' });
  expect(entriesOf(await shop.atipay.history(record.invoiceNumber)).slice(-3)).toMatchObject([
    { event: 'retried', by: 'Sara', status: 'verifying' },
    { event: 'amountConfirmed', data: { attempt: 4 } },
    { event: 'hookDelivered' },
  ]);
});

test('a hook that threw is called now', async () => {
  let broken = true;
  const shop = await openShop({
    onSuccess: () => {
      if (broken) throw new Error('the shop is away');
    },
  });
  const { invoiceNumber } = await paid(shop);
  broken = false;
  await shop.atipay.retry(invoiceNumber, 'Sara');
  expect(await shop.record(invoiceNumber)).toMatchObject({
    hookDeliveredAt: shop.now,
    hookAttempts: 2,
    dueAt: null,
  });
  expect(eventsOf(await shop.atipay.history(invoiceNumber)).slice(-3)).toEqual([
    'hookThrew',
    'retried',
    'hookDelivered',
  ]);
});

test('a hook that throws again is called again after its usual delay', async () => {
  const shop = await openShop({ onSuccess: () => Promise.reject(new Error('the shop is away')) });
  const { invoiceNumber } = await paid(shop);
  await shop.atipay.retry(invoiceNumber, 'Sara');
  expect(await shop.record(invoiceNumber)).toMatchObject({ hookAttempts: 2, dueAt: shop.now + MINUTE });
});

test('a payment that waits for the shop is looked at now', async () => {
  let stillPayable = (): boolean => {
    throw new Error('the orders are away');
  };
  const shop = await openShop({ stillPayable: () => stillPayable() });
  const { invoiceNumber } = await paid(shop);
  expect(await shop.record(invoiceNumber)).toMatchObject({ status: 'received' });
  stillPayable = () => true;
  expect(await shop.atipay.retry(invoiceNumber, 'Sara')).toMatchObject({ status: 'paid' });
});

test('a review that is no longer asked about is asked once more', async () => {
  const shop = await openShop();
  const { invoiceNumber } = await shop.timedOut();
  for (let hour = 0; hour < 30; hour += 1) {
    shop.gateway.replies['verify-payment'].push('reset');
    await shop.sweepAfter(HOUR);
  }
  shop.gateway.replies['verify-payment'].length = 0;
  expect(await shop.record(invoiceNumber)).toMatchObject({ nextVerifyAt: null, dueAt: null });
  shop.gateway.replies['verify-payment'].push('reset');
  await shop.atipay.retry(invoiceNumber, 'Sara');
  expect(await shop.record(invoiceNumber)).toMatchObject({
    status: 'review',
    nextVerifyAt: null,
    dueAt: null,
  });
  expect(await shop.atipay.retry(invoiceNumber, 'Sara')).toMatchObject({ status: 'paid' });
});

test('a payment under lease is left alone, and the error says until when', async () => {
  const shop = await openShop();
  const record = await shop.started();
  const { reply, release } = held({ body: { amount: 25_000 } });
  shop.gateway.replies['verify-payment'].push(reply);
  const back = shop.comesBack(record, { referenceNumber: 'r' });
  await until(() => shop.gateway.asked('verify-payment').length === 1);
  await expect(shop.atipay.retry(record.invoiceNumber, 'Sara')).rejects.toMatchObject({
    code: 'ERR_ATIPAY_PAYMENT_BUSY',
    status: 409,
    message: expect.stringContaining(new Date(shop.now + 2 * MINUTE).toISOString()) as string,
  });
  release();
  await back;
  expect(shop.gateway.asked('verify-payment')).toHaveLength(1);
});

test('two people who retry at the same moment lead to one attempt', async () => {
  const shop = await openShop();
  const { record } = await shop.unanswered();
  const before = shop.gateway.asked('verify-payment').length;
  const both = await Promise.allSettled([
    shop.atipay.retry(record.invoiceNumber, 'Sara'),
    shop.atipay.retry(record.invoiceNumber, 'Reza'),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(shop.gateway.asked('verify-payment')).toHaveLength(before + 1);
});

test('where nothing is pending, there is nothing to retry', async () => {
  const shop = await openShop();
  const pairs = [
    ['pending', await shop.started()],
    ['paid', await paid(shop)],
  ] as const;
  for (const [status, { invoiceNumber }] of pairs) {
    await expect(shop.atipay.retry(invoiceNumber, 'Sara')).rejects.toMatchObject({
      code: 'ERR_ATIPAY_NOTHING_PENDING',
      status: 409,
      message: `Payment ${invoiceNumber}: it is ${status}, and no attempt or hook call is pending.`,
    });
  }
});

test('a review that a person decides on by its amount can be asked about once more, and an equal amount pays it', async () => {
  const shop = await openShop();
  const { invoiceNumber, referenceNumber } = await inReview(shop);
  expect(await shop.atipay.retry(invoiceNumber, 'Sara')).toMatchObject({ status: 'paid', referenceNumber });
  expect(shop.hooks.map(({ hook }) => hook)).toEqual(['onReview', 'onSuccess']);
});

test('a retry without a name is refused', async () => {
  const shop = await openShop();
  const { record } = await shop.unanswered();
  await expect(shop.atipay.retry(record.invoiceNumber, '')).rejects.toMatchObject({
    code: 'ERR_ATIPAY_RESOLUTION',
    status: 400,
  });
});

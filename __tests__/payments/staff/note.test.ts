import { openShop } from '../../support/opened';
import { held } from '../../support/scripted-gateway';
import { until } from '../../support/until';
import { inReview, paid } from './scene';

test('a note is kept in the history with who wrote it and when, and changes nothing else', async () => {
  const shop = await openShop();
  const before = await paid(shop);
  shop.now += 5_000;
  const payment = await shop.atipay.note(before.invoiceNumber, ' Sara ', '  the buyer called ');
  expect(payment).toMatchObject({ status: 'paid', invoiceNumber: before.invoiceNumber });
  const after = await shop.record(before.invoiceNumber);
  const { history, updatedAt, version, ...rest } = after;
  expect({ ...before, ...rest }).toEqual({ ...before });
  expect(updatedAt).toBe(shop.now);
  expect(version).not.toBe(before.version);
  expect(history.at(-1)).toEqual({
    at: shop.now,
    status: 'paid',
    event: 'noted',
    by: 'Sara',
    data: { text: 'the buyer called' },
  });
  expect(shop.told('transition').map(({ to }) => to)).not.toContain('noted');
});

test.each(['pending', 'paid', 'review'])('a %s payment takes notes', async (status) => {
  const shop = await openShop();
  const open = { pending: () => shop.started(), paid: () => paid(shop), review: () => inReview(shop) };
  const { invoiceNumber } = await open[status as keyof typeof open]();
  expect(await shop.atipay.note(invoiceNumber, 'Sara', 'seen')).toMatchObject({ status });
});

test('a note that comes while the gateway is asked disturbs no attempt: its answer decides', async () => {
  const shop = await openShop();
  const record = await shop.started();
  const { reply, release } = held({ body: { amount: 25_000 } });
  shop.gateway.replies['verify-payment'].push(reply);
  const back = shop.comesBack(record, { referenceNumber: 'r' });
  await until(() => shop.gateway.asked('verify-payment').length === 1);
  await shop.atipay.note(record.invoiceNumber, 'Sara', 'the buyer called');
  release();
  await back;
  expect(await shop.record(record.invoiceNumber)).toMatchObject({
    status: 'paid',
    verifyAttempts: 1,
    hookDeliveredAt: shop.now,
  });
  expect(shop.gateway.asked('verify-payment')).toHaveLength(1);
});

test('nor an attempt that gets no answer: it is repeated, counted once each', async () => {
  const shop = await openShop();
  const record = await shop.started();
  shop.gateway.replies['verify-payment'].push(async () => {
    await shop.atipay.note(record.invoiceNumber, 'Sara', 'the buyer called');
    return 'reset';
  });
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'paid', verifyAttempts: 2 });
});

test('nor a hook that is being called: it is delivered, and called once', async () => {
  const calls: number[] = [];
  const shop = await openShop({
    onSuccess: async ({ invoiceNumber }, { attempt }) => {
      calls.push(attempt);
      await shop.atipay.note(invoiceNumber, 'Sara', 'the buyer called');
    },
  });
  const record = await paid(shop);
  expect(record).toMatchObject({ hookDeliveredAt: shop.now, hookAttempts: 1, dueAt: null });
  expect(calls).toEqual([1]);
});

test.each<[string, unknown, unknown, string]>([
  ['without a text', 'Sara', ' ', 'the note is missing'],
  ['without a name', undefined, 'seen', 'who writes is missing'],
  ['with control characters', 'Sara', 'a\u0007b', 'the note: has control characters'],
  ['of 501 characters', 'Sara', 'x'.repeat(501), 'the note: longer than 500 characters'],
])('a note %s is refused', async (_what, by, text, says) => {
  const shop = await openShop();
  const { invoiceNumber } = await shop.started();
  await expect(shop.atipay.note(invoiceNumber, by as string, text as string)).rejects.toMatchObject({
    code: 'ERR_ATIPAY_RESOLUTION',
    status: 400,
    message: expect.stringContaining(says) as string,
  });
});

test('a note on a payment of another account, or on none, is an error', async () => {
  const shop = await openShop({ account: 'one' });
  const other = await openShop({ account: 'two', store: shop.store });
  const { invoiceNumber } = await shop.started();
  for (const number of [invoiceNumber, '1'.repeat(20)]) {
    await expect(other.atipay.note(number, 'Sara', 'seen')).rejects.toMatchObject({
      code: 'ERR_ATIPAY_PAYMENT_NOT_FOUND',
      status: 404,
    });
  }
});

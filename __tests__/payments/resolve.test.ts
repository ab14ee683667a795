import type { PaymentRecord } from 'express-atipay';
import { Reporter } from '../../lib/events';
import { resolveForSweep } from '../../lib/payments/resolve';
import { openShop } from '../support/opened';
import type { Shop } from '../support/shop';

async function inReview(shop: Shop): Promise<PaymentRecord> {
  const record = await shop.started();
  shop.gateway.replies['verify-payment'].push({ body: { amount: 1 } });
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  return shop.record(record.invoiceNumber);
}

test('a person may say paid: stored with note and time, and the shop is told', async () => {
  const shop = await openShop();
  const { invoiceNumber } = await inReview(shop);
  shop.now += 5_000;
  const payment = await shop.atipay.resolve(invoiceNumber, 'paid', '  Sara: seen on the bank statement ');
  expect(payment).toMatchObject({ status: 'paid', verifiedAt: shop.now });
  expect(await shop.atipay.history(invoiceNumber)).toContainEqual({
    at: shop.now,
    status: 'paid',
    note: 'resolved by hand as paid: Sara: seen on the bank statement',
  });
  expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview', 'onSuccess']);
});

test('a person may say failed: the order is free again', async () => {
  const shop = await openShop();
  const { invoiceNumber, orderId } = await inReview(shop);
  expect(await shop.atipay.resolve(invoiceNumber, 'failed', 'Sara: given back')).toMatchObject({
    status: 'failed',
    failure: { reason: 'ResolvedByHand' },
  });
  expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview', 'onFailure']);
  expect(await shop.record(invoiceNumber)).toMatchObject({ orderKey: null, dueAt: null });
  const again = await shop.started({ orderId, amount: 25_000, cellNumber: '09123456789' });
  await shop.comesBack(again, { referenceNumber: shop.gateway.receipt(again.invoiceNumber) });
  expect((await shop.record(again.invoiceNumber)).status).toBe('paid');
});

test('only a payment in review is decided, and only once', async () => {
  const shop = await openShop();
  const pending = await shop.started();
  await expect(shop.atipay.resolve(pending.invoiceNumber, 'paid', 'why not')).rejects.toMatchObject({
    code: 'ERR_ATIPAY_NOT_IN_REVIEW',
    status: 409,
    message: expect.stringContaining('pending') as string,
  });
  const { invoiceNumber } = await inReview(shop);
  const both = await Promise.allSettled([
    shop.atipay.resolve(invoiceNumber, 'paid', 'Sara'),
    shop.atipay.resolve(invoiceNumber, 'failed', 'Reza'),
  ]);
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await shop.record(pending.invoiceNumber)).toEqual(pending);
});

const REFUSED: [what: string, outcome: unknown, note: unknown, says: string][] = [
  ...['', '   ', undefined].map<[string, unknown, unknown, string]>((note) => [
    `the note ${JSON.stringify(note)}`,
    'paid',
    note,
    'a note is needed that says who decided and why: it stays with the payment.',
  ]),
  ['501 characters', 'paid', 'x'.repeat(501), 'the note is longer than 500 characters.'],
  ['another outcome', 'refunded', 'Sara', "the outcome must be 'paid' or 'failed'."],
];

test.each(REFUSED)('%s is refused with what to do', async (_what, outcome, note, says) => {
  const shop = await openShop();
  const { invoiceNumber } = await inReview(shop);
  await expect(shop.atipay.resolve(invoiceNumber, outcome as 'paid', note as string)).rejects.toMatchObject({
    code: 'ERR_ATIPAY_RESOLUTION',
    status: 400,
    message: `resolve(invoiceNumber, outcome, note): ${says}`,
  });
  expect((await shop.record(invoiceNumber)).status).toBe('review');
});

test('a note of 500 characters is stored as it is', async () => {
  const shop = await openShop();
  const { invoiceNumber } = await inReview(shop);
  const note = 'x'.repeat(500);
  await shop.atipay.resolve(invoiceNumber, 'failed', note);
  const notes = (await shop.atipay.history(invoiceNumber)).map((entry) => entry.note);
  expect(notes.slice(-2)).toEqual([`resolved by hand as failed: ${note}`, 'the shop was told']);
});

test.each([
  ['paid' as const, null],
  ['failed' as const, 'ResolvedByHand'],
])(
  'a payment resolved as %s says so, and its hook that throws is called again',
  async (outcome, failureReason) => {
    const hook = (): Promise<never> => Promise.reject(new Error('the shop is away'));
    const shop = await openShop({ onSuccess: hook, onFailure: hook });
    const { invoiceNumber } = await inReview(shop);
    shop.now += 5_000;
    await shop.atipay.resolve(invoiceNumber, outcome, 'Sara');
    expect(await shop.record(invoiceNumber)).toMatchObject({
      status: outcome,
      failureReason,
      verifiedAt: outcome === 'paid' ? shop.now : null,
      hookDeliveredAt: null,
      hookAttempts: 1,
      dueAt: shop.now + 30_000,
    });
  },
);

test('where the hooks are not at hand, the hook is due at once and called by the next sweep, once', async () => {
  const shop = await openShop();
  const { invoiceNumber } = await inReview(shop);
  const context = {
    store: shop.store,
    reporter: new Reporter({ warn: () => undefined, error: () => undefined }),
    settings: { account: 'default', locale: 'en' as const, now: () => shop.now },
  };
  const stored = await resolveForSweep(context, invoiceNumber, 'paid', 'Sara');
  expect(stored).toMatchObject({ status: 'paid', dueAt: shop.now, hookAttempts: 0, hookDeliveredAt: null });
  expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview']);
  expect(await shop.sweepAfter(0)).toMatchObject({ due: 1, hooks: 1 });
  expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview', 'onSuccess']);
  const notes = (await shop.atipay.history(invoiceNumber)).map((entry) => entry.note);
  expect(notes.slice(-2)).toEqual(['resolved by hand as paid: Sara', 'the shop was told']);
});

test('an unknown invoice number is an error', async () => {
  const shop = await openShop();
  await expect(shop.atipay.resolve('1'.repeat(20), 'paid', 'Sara')).rejects.toMatchObject({
    code: 'ERR_ATIPAY_PAYMENT_NOT_FOUND',
    status: 404,
    message: 'There is no payment 11111111111111111111.',
  });
});

test('reviews lists what needs a person, oldest first', async () => {
  const shop = await openShop();
  const one = await inReview(shop);
  shop.now += 1_000;
  const two = await inReview(shop);
  await shop.started();
  expect((await shop.atipay.reviews()).map((payment) => payment.invoiceNumber)).toEqual([
    one.invoiceNumber,
    two.invoiceNumber,
  ]);
  expect(shop.told('review')).toHaveLength(2);
});

test('without onReview a review is an error in the log, and owes nothing', async () => {
  const shop = await openShop({ onReview: undefined as never });
  const record = await inReview(shop);
  expect(record).toMatchObject({ status: 'review', hookDeliveredAt: shop.now, dueAt: null });
  expect(shop.logs).toContainEqual(
    expect.objectContaining({
      level: 'error',
      fields: expect.objectContaining({
        invoiceNumber: record.invoiceNumber,
        reason: 'AmountMismatch',
      }) as object,
    }),
  );
});

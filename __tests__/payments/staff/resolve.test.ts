import type { RunContext } from '../../../lib/payments/context';
import { ChangedMeanwhile, resolveOnly } from '../../../lib/payments/resolve';
import { aPolicy } from '../../support/record';
import { Reporter } from '../../../lib/events';
import { eventsOf } from '../../support/history';
import { openShop } from '../../support/opened';
import { held } from '../../support/scripted-gateway';
import { MINUTE, type Shop } from '../../support/shop';
import { wholeDelays } from '../../support/spread';
import { until } from '../../support/until';
import { inReview } from './scene';

wholeDelays();

test('a person may decide paid: stored with who, why and when, and onSuccess is called', async () => {
  const shop = await openShop();
  const { invoiceNumber } = await inReview(shop);
  shop.now += 5_000;
  const payment = await shop.atipay.resolve(invoiceNumber, 'paid', '  seen on the bank statement ', ' Sara ');
  expect(payment).toMatchObject({ status: 'paid', verifiedAt: shop.now });
  expect(await shop.atipay.history(invoiceNumber)).toContainEqual({
    at: shop.now,
    status: 'paid',
    event: 'resolved',
    by: 'Sara',
    data: { text: 'seen on the bank statement' },
    text: 'resolved as paid by Sara: seen on the bank statement',
  });
  expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview', 'onSuccess']);
});

test('a person may decide failed: the order is free again', async () => {
  const shop = await openShop();
  const { invoiceNumber, orderId } = await inReview(shop);
  expect(await shop.atipay.resolve(invoiceNumber, 'failed', 'given back', 'Sara')).toMatchObject({
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

const REFUSED: [what: string, outcome: unknown, text: unknown, by: unknown, says: string][] = [
  ...['', '   ', undefined, 5].map<(typeof REFUSED)[number]>((text) => [
    `the note ${JSON.stringify(text)}`,
    'paid',
    text,
    'Sara',
    'why, in a note that stays with the payment is missing.',
  ]),
  ['a note of 501 characters', 'paid', 'x'.repeat(501), 'Sara', 'longer than 500 characters.'],
  ['a note with a control character', 'paid', 'a\u001bb', 'Sara', 'has control characters.'],
  ['an empty name', 'paid', 'seen', ' ', 'who decided is missing.'],
  ['a name of 101 characters', 'paid', 'seen', 'x'.repeat(101), 'who decided: longer than 100 characters.'],
  ['another outcome', 'refunded', 'seen', 'Sara', "the outcome must be 'paid' or 'failed'."],
];

test.each(REFUSED)('%s is refused with what to do', async (_what, outcome, text, by, says) => {
  const shop = await openShop();
  const { invoiceNumber } = await inReview(shop);
  const resolving = shop.atipay.resolve(invoiceNumber, outcome as 'paid', text as string, by as string);
  await expect(resolving).rejects.toMatchObject({
    code: 'ERR_ATIPAY_RESOLUTION',
    status: 400,
    message: expect.stringContaining(says) as string,
  });
  expect((await shop.record(invoiceNumber)).status).toBe('review');
});

test.each(['x'.repeat(500), 'two\nlines'])(
  'a note of any text up to 500 characters is stored as it is',
  async (text) => {
    const shop = await openShop();
    const { invoiceNumber } = await inReview(shop);
    await shop.atipay.resolve(invoiceNumber, 'failed', text);
    const history = await shop.atipay.history(invoiceNumber);
    expect(history.slice(-2)).toMatchObject([
      { event: 'resolved', by: 'shop', data: { text } },
      { event: 'hookDelivered' },
    ]);
  },
);

test('a payment whose hook is being called is left alone, and the error says until when', async () => {
  let release: () => void = () => undefined;
  const shop = await openShop({ onReview: () => new Promise<void>((resolve) => (release = resolve)) });
  const record = await shop.started();
  shop.gateway.replies['verify-payment'].push({ body: { amount: 1 } });
  const back = shop.comesBack(record, { referenceNumber: 'r' });
  await until(async () => (await shop.record(record.invoiceNumber)).status === 'review');
  const before = await shop.record(record.invoiceNumber);
  await expect(shop.atipay.resolve(record.invoiceNumber, 'paid', 'seen', 'Sara')).rejects.toMatchObject({
    code: 'ERR_ATIPAY_PAYMENT_BUSY',
    status: 409,
    message: expect.stringContaining(new Date(shop.now + 2 * MINUTE).toISOString()) as string,
  });
  expect(await shop.record(record.invoiceNumber)).toEqual(before);
  release();
  await back;
  expect(await shop.atipay.resolve(record.invoiceNumber, 'paid', 'seen', 'Sara')).toMatchObject({
    status: 'paid',
  });
});

test('a payment that the gateway is being asked about is left alone', async () => {
  const shop = await openShop();
  const { invoiceNumber } = await shop.timedOut();
  const { reply, release } = held({ body: { errorCode: '-2' } });
  const asked = shop.gateway.asked('verify-payment').length;
  shop.gateway.replies['verify-payment'].push(reply);
  const sweep = shop.sweepAfter(60 * MINUTE);
  await until(() => shop.gateway.asked('verify-payment').length > asked);
  await expect(shop.atipay.resolve(invoiceNumber, 'failed', 'seen', 'Sara')).rejects.toMatchObject({
    code: 'ERR_ATIPAY_PAYMENT_BUSY',
  });
  release();
  await sweep;
  expect(await shop.atipay.resolve(invoiceNumber, 'failed', 'seen', 'Sara')).toMatchObject({
    status: 'failed',
  });
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

const PAID = { outcome: 'paid', by: 'Sara', text: 'seen' } as const;

/** As an operator's command has it. */
const withoutHooks = (shop: Shop): RunContext => ({
  store: shop.store,
  reporter: new Reporter({ warn: () => undefined, error: () => undefined }),
  policy: aPolicy({ hooks: { paid: 'later', failed: 'later', review: 'later' } }),
  settings: { account: 'default', locale: 'en', now: () => shop.now, onReview: undefined },
});

test('where the hooks are not at hand, the hook is due at once and called by the next sweep, once', async () => {
  const shop = await openShop();
  const { invoiceNumber } = await inReview(shop);
  const { record } = await resolveOnly(withoutHooks(shop), invoiceNumber, PAID);
  expect(record).toMatchObject({ status: 'paid', dueAt: shop.now, hookAttempts: 0, hookDeliveredAt: null });
  expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview']);
  expect(await shop.sweepAfter(0)).toMatchObject({ due: 1, hooks: 1 });
  expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview', 'onSuccess']);
  expect(eventsOf(await shop.atipay.history(invoiceNumber)).slice(-2)).toEqual(['resolved', 'hookDelivered']);
});

test('a decision on a version that another write has replaced is not made, and says so', async () => {
  const shop = await openShop();
  const { invoiceNumber, version } = await inReview(shop);
  await shop.atipay.note(invoiceNumber, 'Reza', 'asked the bank');
  const deciding = resolveOnly(withoutHooks(shop), invoiceNumber, PAID, version);
  await expect(deciding).rejects.toBeInstanceOf(ChangedMeanwhile);
  await expect(deciding).rejects.toThrow(`Payment ${invoiceNumber} was changed meanwhile.`);
  expect((await shop.record(invoiceNumber)).status).toBe('review');
});

test('an unknown invoice number is an error', async () => {
  const shop = await openShop();
  await expect(shop.atipay.resolve('1'.repeat(20), 'paid', 'Sara')).rejects.toMatchObject({
    code: 'ERR_ATIPAY_PAYMENT_NOT_FOUND',
    status: 404,
    message: 'There is no payment 11111111111111111111.',
  });
});

test('reviews lists the payments that need a person, oldest first', async () => {
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

test('without onReview a review is an error in the log, and no hook is pending', async () => {
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

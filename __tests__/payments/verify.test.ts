import type { PaymentRecord } from 'express-atipay';
import { openShop } from '../support/opened';
import { type Reply } from '../support/scripted-gateway';
import { silenceUntil, timeLimits } from '../support/time-limits';
import { HOUR, MINUTE, type Shop } from '../support/shop';

afterEach(() => jest.restoreAllMocks());

const attempts = (shop: Shop): number => shop.gateway.asked('verify-payment').length;

async function answered(shop: Shop, reply: Reply): Promise<PaymentRecord> {
  const record = await shop.started();
  const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
  shop.gateway.replies['verify-payment'].push(reply);
  await shop.comesBack(record, { referenceNumber });
  return shop.record(record.invoiceNumber);
}

const EQUAL: [string, unknown][] = [
  ['a number', { amount: 25_000 }],
  ['a float', '{"amount":25000.0}'],
  ['a float in scientific notation', '{"amount":2.5E4}'],
  ['a string', { amount: '25000' }],
  ['a float in a string', { amount: '25000.0' }],
  ['with more fields beside it', { amount: 25_000, extra: [1, { two: 2 }] }],
];

const REFUSED: [string, Reply][] = [
  ['0', { body: { amount: 0 } }],
  ['a negative number', { body: { amount: -6 } }],
  ['a negative number in a string', { body: { amount: '-6' } }],
  ['an error code without an amount', { body: { errorCode: '-2', faMessage: 'رسید یافت نشد' } }],
  ['a Persian message alone', { body: { faMessage: 'درخواست نامعتبر' } }],
];

const OTHER_AMOUNT: [string, unknown][] = [
  ['a smaller amount', { amount: 24_999 }],
  ['a larger amount', { amount: 250_000 }],
];

const NO_ANSWER: [string, Reply][] = [
  ['a connection reset', 'reset'],
  ['an empty body', { body: '' }],
  ['HTML', { type: 'text/html', body: '<h1>Service unavailable</h1>' }],
  ['truncated JSON', { body: '{"amount": 25' }],
  ['a JSON list', { body: [{ amount: 25_000 }] }],
  ['a number that is no object', { body: '25000' }],
  ['a word for an amount', { body: { amount: 'paid' } }],
  ['an amount behind HTTP 500', { status: 500, body: { amount: 25_000 } }],
  ['a refusal behind HTTP 503', { status: 503, body: { errorCode: '-1' } }],
  ['HTTP 403', { status: 403, body: { errorCode: '-1' } }],
  ['HTTP 429', { status: 429, body: { errorCode: '-1' } }],
  ['a proxy’s 404 in JSON', { status: 404, body: { message: 'no Route matched' } }],
  ['a refusal behind HTTP 400', { status: 400, body: { faMessage: 'درخواست نامعتبر' } }],
  ['an object without an amount', { body: {} }],
  ['an amount under another name', { body: { Amount: 25_000 } }],
  ['a fraction more', { body: { amount: 25_000.5 } }],
  ['an amount beyond exact integers', { body: '{"amount":1e300}' }],
  ['a redirect', { status: 302, body: { amount: 25_000 } }],
];

describe('at the first ask', () => {
  test.each(EQUAL)('the equal amount as %s makes it paid', async (_how, body) => {
    const shop = await openShop();
    expect(await answered(shop, { body })).toMatchObject({
      status: 'paid',
      amount: 25_000,
      verifyAttempts: 1,
    });
  });

  test.each(REFUSED)('%s is a refusal: failed, not asked again', async (_how, reply) => {
    const shop = await openShop();
    expect(await answered(shop, reply)).toMatchObject({
      status: 'failed',
      failureReason: 'VerificationRefused',
      verifyAttempts: 1,
    });
    await shop.sweepAfter(HOUR);
    expect(attempts(shop)).toBe(1);
    expect(shop.hooks).toMatchObject([
      { hook: 'onFailure', payment: { failure: { reason: 'VerificationRefused' } } },
    ]);
  });

  test.each(OTHER_AMOUNT)('%s is for a person to look at', async (_how, body) => {
    const shop = await openShop();
    const record = await answered(shop, { body });
    expect(record).toMatchObject({ status: 'review', failureReason: 'AmountMismatch', nextVerifyAt: null });
    await shop.sweepAfter(2 * HOUR);
    expect(attempts(shop)).toBe(1);
    expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview']);
  });

  test.each(NO_ANSWER)(
    '%s is no answer: asked again, and paid when the answer comes',
    async (_how, reply) => {
      const shop = await openShop();
      const record = await answered(shop, reply);
      expect(record).toMatchObject({ status: 'paid', verifyAttempts: 2 });
      expect(shop.hooks.map((call) => call.hook)).toEqual(['onSuccess']);
      expect(shop.told('gatewayError')).toMatchObject([{ operation: 'verify-payment' }]);
    },
  );
});

test('nothing at all is no answer at the first ask: asked again, and paid when the answer comes', async () => {
  const silence = silenceUntil(timeLimits());
  expect(await answered(await openShop(), silence)).toMatchObject({ status: 'paid', verifyAttempts: 2 });
});

describe('at the second ask, after an unanswered first one', () => {
  test.each(REFUSED)('%s may hide that the first one took the money: review', async (_how, reply) => {
    const shop = await openShop();
    const { record } = await shop.unanswered();
    shop.gateway.replies['verify-payment'].push(reply);
    await shop.sweepAfter(MINUTE);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      status: 'review',
      failureReason: 'VerificationUnclear',
      nextVerifyAt: null,
    });
    expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview']);
  });

  test.each(EQUAL)('the equal amount as %s makes it paid', async (_how, body) => {
    const shop = await openShop();
    const { record } = await shop.unanswered();
    shop.gateway.replies['verify-payment'].push({ body });
    await shop.sweepAfter(MINUTE);
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  });

  test.each(OTHER_AMOUNT)('%s is for a person to look at', async (_how, body) => {
    const shop = await openShop();
    const { record } = await shop.unanswered();
    shop.gateway.replies['verify-payment'].push({ body });
    await shop.sweepAfter(MINUTE);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ failureReason: 'AmountMismatch' });
  });
});

describe('while no answer comes', () => {
  test('a callback asks three times, each ask counted before it is made', async () => {
    const shop = await openShop();
    const counted: number[] = [];
    const record = await shop.started();
    const look = async (): Promise<Reply> => {
      counted.push((await shop.record(record.invoiceNumber)).verifyAttempts);
      return 'reset';
    };
    shop.gateway.replies['verify-payment'].push(look, look, look);
    await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    expect(counted).toEqual([1, 2, 3]);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'verifying', verifyAttempts: 3 });
  });

  test('each sweep asks once, until the window is over and a person must look', async () => {
    const shop = await openShop();
    const { record } = await shop.unanswered();
    shop.gateway.replies['verify-payment'].push('reset');
    await shop.sweepAfter(MINUTE);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'verifying', verifyAttempts: 4 });
    shop.gateway.replies['verify-payment'].push('reset');
    await shop.sweepAfter(30 * MINUTE);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      status: 'review',
      failureReason: 'VerificationTimedOut',
      verifyAttempts: 5,
      nextVerifyAt: shop.now + HOUR,
    });
    expect(shop.hooks).toMatchObject([
      { hook: 'onReview', payment: { failure: { reason: 'VerificationTimedOut' } } },
    ]);
  });

  test('the last ask after the window still makes it paid', async () => {
    const shop = await openShop();
    const { record } = await shop.unanswered();
    await shop.sweepAfter(5 * HOUR);
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  });
});

test('a call is not repeated when another process has decided the payment meanwhile', async () => {
  const shop = await openShop();
  const record = await shop.started();
  shop.gateway.replies['verify-payment'].push(async () => {
    const stored = await shop.record(record.invoiceNumber);
    const decided = { status: 'paid', verifiedAt: shop.now, hookDeliveredAt: shop.now } as const;
    await shop.store.update(
      { ...stored, ...decided, leaseUntil: null, nextVerifyAt: null, dueAt: null, version: 7 },
      stored,
    );
    return 'reset';
  });
  const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
  const answer = await shop.comesBack(record, { referenceNumber });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toContain(`/result/${record.invoiceNumber}/`);
  expect(attempts(shop)).toBe(1);
});

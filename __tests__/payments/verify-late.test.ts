import { openShop } from '../support/opened';
import { held } from '../support/scripted-gateway';
import { anOrder, HOUR, MINUTE, type Shop } from '../support/shop';
import { until } from '../support/until';

afterEach(() => jest.restoreAllMocks());

const attempts = (shop: Shop): number => shop.gateway.asked('verify-payment').length;

describe('a payment in review because no answer came', () => {
  test('is asked about hourly for a day, then no more', async () => {
    const shop = await openShop();
    const record = await shop.timedOut();
    const before = attempts(shop);
    for (let hour = 1; hour <= 30; hour += 1) {
      shop.gateway.replies['verify-payment'].push('reset');
      await shop.sweepAfter(HOUR);
    }
    expect(attempts(shop) - before).toBe(24);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      status: 'review',
      nextVerifyAt: null,
      dueAt: null,
    });
  });

  test('is paid by an equal amount, and onSuccess is called', async () => {
    const shop = await openShop();
    const record = await shop.timedOut();
    await shop.sweepAfter(HOUR);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'paid', failureReason: null });
    expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview', 'onSuccess']);
  });

  test.each([
    ['a refusal', { errorCode: '-2' }, 'VerificationUnclear'],
    ['another amount', { amount: 7 }, 'AmountMismatch'],
  ])('%s stays with a person, and the gateway is not asked again', async (_how, body, failureReason) => {
    const shop = await openShop();
    const record = await shop.timedOut();
    shop.gateway.replies['verify-payment'].push({ body });
    await shop.sweepAfter(HOUR);
    const now = attempts(shop);
    await shop.sweepAfter(5 * HOUR);
    expect(attempts(shop)).toBe(now);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      status: 'review',
      failureReason,
      dueAt: null,
    });
  });

  test('is still asked about hourly while its onReview hook keeps throwing', async () => {
    const shop = await openShop({
      onReview: () => {
        throw new Error('pager is away');
      },
    });
    const record = await shop.timedOut();
    await shop.sweepAfter(HOUR);
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  });
});

describe('an answer that comes when the row has moved on', () => {
  test('an equal amount that was overtaken by a review still makes it paid', async () => {
    const shop = await openShop({ http: { timeout: 5_000 } });
    const record = await shop.started();
    const late = held({ body: { amount: 25_000 } });
    shop.gateway.replies['verify-payment'].push(late.reply);
    const back = shop.comesBack(record, { referenceNumber: 'r' });
    await until(() => attempts(shop) === 1);
    // The lease runs out, another ask is made and refused: review.
    shop.gateway.replies['verify-payment'].push({ body: { errorCode: '-2' } });
    await shop.sweepAfter(3 * MINUTE);
    expect((await shop.record(record.invoiceNumber)).failureReason).toBe('VerificationUnclear');
    late.release();
    await back;
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
    expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview', 'onSuccess']);
  });

  test('a refusal that was overtaken by a second ask is unclear, and the answer to that ask decides', async () => {
    const shop = await openShop({ http: { timeout: 5_000 } });
    const record = await shop.started();
    const [first, second] = [held({ body: { errorCode: '-2' } }), held({ body: { amount: 25_000 } })];
    shop.gateway.replies['verify-payment'].push(first.reply, second.reply);
    const back = shop.comesBack(record, { referenceNumber: 'r' });
    await until(() => attempts(shop) === 1);
    const sweep = shop.sweepAfter(3 * MINUTE);
    await until(() => attempts(shop) === 2);
    first.release();
    await back;
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      status: 'review',
      failureReason: 'VerificationUnclear',
    });
    second.release();
    await sweep;
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  });

  test('an equal amount for a payment that a person has just failed is an error in the log', async () => {
    const shop = await openShop({ http: { timeout: 5_000 } });
    const record = await shop.started();
    const late = held({ body: { amount: 25_000 } });
    shop.gateway.replies['verify-payment'].push(late.reply);
    const back = shop.comesBack(record, { referenceNumber: 'r' });
    await until(() => attempts(shop) === 1);
    shop.gateway.replies['verify-payment'].push({ body: { errorCode: '-2' } });
    await shop.sweepAfter(3 * MINUTE);
    await shop.atipay.resolve(record.invoiceNumber, 'failed', 'the bank says it was returned', 'Sara');
    late.release();
    await back;
    expect((await shop.record(record.invoiceNumber)).failureReason).toBe('ResolvedByHand');
    expect(shop.told('late')).toMatchObject([{ referenceNumber: 'r' }]);
    const { invoiceNumber, orderId } = record;
    expect(shop.logs).toContainEqual({
      level: 'error',
      fields: {
        invoiceNumber,
        orderId,
        account: 'default',
        status: 'failed',
        amount: 25_000,
        referenceNumber: 'r',
      },
      message:
        'AtiPay confirmed money for a payment that is decided otherwise: fulfil the order or give the money back.',
    });
  });
});

test('a gateway that keeps silent is asked three times by a callback, and the sweep goes on', async () => {
  const shop = await openShop({ http: { timeout: 2_000 } });
  const record = await shop.started(anOrder());
  shop.gateway.replies['verify-payment'].push('silence', 'silence', 'silence');
  const response = await shop.comesBack(record, {
    referenceNumber: shop.gateway.receipt(record.invoiceNumber),
  });
  expect(response.status).toBe(303);
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'verifying', verifyAttempts: 3 });
  await shop.sweepAfter(MINUTE);
  expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
});

import type { AtipayConfig, PaymentRecord } from 'express-atipay';
import { closing, openShop } from '../support/opened';
import { held, type Reply } from '../support/scripted-gateway';
import { sharing } from '../support/sharing';
import { eventsOf } from '../support/history';
import { anOrder, HOUR, MINUTE, Shop } from '../support/shop';
import { wholeDelays } from '../support/spread';
import { until } from '../support/until';

wholeDelays();

/** A second process on the same rows and the same gateway. */
async function another(shop: Shop, overrides: Partial<AtipayConfig> = {}): Promise<Shop> {
  const other = closing(
    await Shop.open({ store: sharing(shop.store), gatewayUrl: shop.gateway.url, ...overrides }),
  );
  other.now = shop.now;
  return other;
}

const attempts = (shop: Shop): number => shop.gateway.asked('verify-payment').length;

/** Reports that must not appear when processes merely meet. */
const trouble = (shop: Shop): unknown[] => shop.logs.filter(({ level }) => level === 'error');

/** The buyer is back, and the gateway keeps its answer to the first ask until the test lets it go. */
async function asking(
  shop: Shop,
  answer: Reply,
): Promise<{ record: PaymentRecord; answered: () => Promise<PaymentRecord> }> {
  const record = await shop.started();
  const late = held(answer);
  const before = attempts(shop);
  shop.gateway.replies['verify-payment'].push(late.reply);
  const back = shop.comesBack(record, { referenceNumber: 'r' });
  await until(() => attempts(shop) > before);
  const answered = async (): Promise<PaymentRecord> => {
    late.release();
    await back;
    return shop.record(record.invoiceNumber);
  };
  return { record, answered };
}

const SLOW = { http: { timeout: 5_000 } };
const RIGHT: Reply = { body: { amount: 25_000 } };
const WRONG: Reply = { body: { amount: 7 } };
const REFUSAL: Reply = { body: { errorCode: '-2' } };

describe('an answer that comes after another ask has decided', () => {
  test.each([
    ['a refusal', REFUSAL, RIGHT, 'paid'],
    ['another amount', WRONG, RIGHT, 'paid'],
    ['the same amount', RIGHT, RIGHT, 'paid'],
    ['a refusal', REFUSAL, WRONG, 'review'],
    ['another amount', WRONG, REFUSAL, 'review'],
  ])('%s changes nothing', async (_what, lateAnswer, decision, status) => {
    const shop = await openShop(SLOW);
    const { record, answered } = await asking(shop, lateAnswer);
    shop.gateway.replies['verify-payment'].push(decision);
    await shop.sweepAfter(3 * MINUTE);
    const decided = await shop.record(record.invoiceNumber);
    expect(decided.status).toBe(status);
    // A refusal of a review is a warning all the same.
    const reports = lateAnswer === REFUSAL && status === 'review' ? ['gatewayError'] : [];
    const { length } = shop.events;
    const hooks = shop.hooks.length;
    expect(await answered()).toEqual(decided);
    expect(shop.events.slice(length).map(({ name }) => name)).toEqual(reports);
    expect(shop.hooks).toHaveLength(hooks);
    expect(trouble(shop)).toEqual([]);
  });

  test('a refusal after a person has failed the payment changes nothing', async () => {
    const shop = await openShop(SLOW);
    const { record, answered } = await asking(shop, REFUSAL);
    shop.gateway.replies['verify-payment'].push(WRONG);
    await shop.sweepAfter(3 * MINUTE);
    await shop.atipay.resolve(record.invoiceNumber, 'failed', 'given back', 'Sara');
    const decided = await shop.record(record.invoiceNumber);
    expect(await answered()).toEqual(decided);
    expect(shop.told('late')).toEqual([]);
    expect(trouble(shop)).toEqual([]);
  });

  test.each([
    ['a refusal', REFUSAL, 'VerificationUnclear'],
    ['another amount', WRONG, 'AmountMismatch'],
  ])(
    '%s after a timeout meanwhile decides, and a pending hook stays pending',
    async (_what, late, reason) => {
      const shop = await openShop({
        ...SLOW,
        onReview: () => Promise.reject(new Error('the pager is away')),
      });
      const { record, answered } = await asking(shop, late);
      shop.gateway.replies['verify-payment'].push('reset');
      await shop.sweepAfter(HOUR);
      const timedOut = await shop.record(record.invoiceNumber);
      expect(timedOut).toMatchObject({ failureReason: 'VerificationTimedOut', dueAt: shop.now + 30_000 });
      expect(await answered()).toMatchObject({
        failureReason: reason,
        nextVerifyAt: null,
        dueAt: shop.now + 30_000,
        hookDeliveredAt: null,
      });
    },
  );
});

describe('no answer that comes after another ask has been counted', () => {
  test('leaves the payment as a sweep has decided it', async () => {
    const shop = await openShop(SLOW);
    const { answered } = await asking(shop, 'reset');
    shop.gateway.replies['verify-payment'].push(RIGHT);
    await shop.sweepAfter(3 * MINUTE);
    expect(await answered()).toMatchObject({ status: 'paid', verifyAttempts: 2 });
    expect(attempts(shop)).toBe(2);
    expect(trouble(shop)).toEqual([]);
  });

  test('leaves the payment to an ask that is under way', async () => {
    const shop = await openShop(SLOW);
    const other = await another(shop, SLOW);
    const { record } = await shop.unanswered();
    const [first, second] = [held('reset'), held(RIGHT)];
    shop.gateway.replies['verify-payment'].push(first.reply, second.reply);
    const sweep = shop.sweepAfter(MINUTE);
    await until(() => attempts(shop) === 4);
    const otherSweep = other.sweepAfter(4 * MINUTE);
    await until(() => attempts(shop) === 5);
    const leased = await shop.record(record.invoiceNumber);
    expect(leased).toMatchObject({ verifyAttempts: 5, dueAt: other.now + 2 * MINUTE });
    first.release();
    await sweep;
    expect(await shop.record(record.invoiceNumber)).toEqual(leased);
    second.release();
    expect(await otherSweep).toMatchObject({ paid: 1 });
  });
});

describe('two processes that work on one payment', () => {
  const one = { recovery: { everyMs: HOUR, batch: 50, concurrency: 1 } };

  test('ask once: the second one finds that it was asked about', async () => {
    const shop = await openShop(one);
    const first = await shop.unanswered();
    shop.now += 1;
    const { record } = await shop.unanswered();
    const other = await another(shop);
    const before = attempts(shop);
    shop.gateway.replies['verify-payment'].push(async () => {
      expect(await other.sweepAfter(MINUTE)).toMatchObject({ due: 1, paid: 1, hooks: 1 });
      return RIGHT;
    });
    const report = await shop.sweepAfter(MINUTE);
    expect(report).toMatchObject({ due: 2, paid: 1, failed: 0, hooks: 1, waiting: 0 });
    for (const { invoiceNumber } of [first.record, record]) {
      expect(await shop.record(invoiceNumber)).toMatchObject({ status: 'paid', verifyAttempts: 4 });
    }
    expect(attempts(shop) - before).toBe(2);
    expect(trouble(shop)).toEqual([]);
  });

  test.each([
    ['says yes', () => true],
    [
      'cannot say',
      () => {
        throw new Error('the orders are away');
      },
    ],
  ])('claim it once, whether or not the shop %s in the end', async (_what, answer) => {
    let stillPayable = (): boolean | Promise<boolean> => Promise.reject(new Error('the orders are away'));
    const shop = await openShop({ stillPayable: () => stillPayable() });
    const record = await shop.started();
    await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    const other = await another(shop);
    shop.logs.length = 0;
    stillPayable = async () => {
      await other.sweepAfter(MINUTE);
      return answer();
    };
    await shop.sweepAfter(MINUTE);
    const stored = await shop.record(record.invoiceNumber);
    expect(stored).toMatchObject({ status: 'paid', verifyAttempts: 1, dueAt: null });
    expect(eventsOf(stored.history).slice(-2)).toEqual(['amountConfirmed', 'hookDelivered']);
    expect(attempts(shop)).toBe(1);
    expect(shop.told('gatewayError')).toEqual([]);
  });

  test('call a hook that throws once at a time', async () => {
    let meanwhile = (): Promise<unknown> => Promise.reject(new Error('stock is away'));
    const shop = await openShop({ ...one, onFailure: () => meanwhile() });
    await shop.started();
    shop.now += 1;
    const { invoiceNumber } = await shop.started();
    await shop.sweepAfter(HOUR);
    const other = await another(shop, { onFailure: () => Promise.reject(new Error('stock is away')) });
    let calls = 0;
    meanwhile = async () => {
      calls += 1;
      await other.sweepAfter(MINUTE);
    };
    await shop.sweepAfter(MINUTE);
    expect(calls).toBe(1);
    expect(await shop.record(invoiceNumber)).toMatchObject({ hookAttempts: 2, dueAt: other.now + MINUTE });
  });
});

test('a payment whose order is being verified waits without the shop being asked', async () => {
  const asked: string[] = [];
  const shop = await openShop({
    ...SLOW,
    stillPayable: ({ invoiceNumber }) => asked.push(invoiceNumber) > 0,
  });
  const order = anOrder();
  const [first, second] = [await shop.started(order), await shop.started(order)];
  const { reply, release } = held(RIGHT);
  shop.gateway.replies['verify-payment'].push(reply);
  const back = shop.comesBack(first, { referenceNumber: 'first' });
  await until(() => attempts(shop) === 1);
  await shop.comesBack(second, { referenceNumber: 'second' });
  expect(await shop.sweepAfter(MINUTE)).toMatchObject({ due: 1, waiting: 1 });
  expect(asked).toEqual([first.invoiceNumber]);
  release();
  await back;
});

import type { PaymentRecord } from 'express-atipay';
import { openShop } from '../support/opened';
import type { Reply } from '../support/scripted-gateway';
import { HOUR, MINUTE, type Shop } from '../support/shop';
import { wholeDelays } from '../support/spread';

wholeDelays();

const LEASE = 2 * MINUTE;

/** A gateway that keeps silent, and before it does shows the payment as it is stored at that moment. */
function watched(
  shop: Shop,
  { invoiceNumber }: PaymentRecord,
  times: number,
): { seen: PaymentRecord[]; replies: Reply[] } {
  const seen: PaymentRecord[] = [];
  const look = async (): Promise<Reply> => {
    seen.push(await shop.record(invoiceNumber));
    return 'reset';
  };
  return { seen, replies: Array.from({ length: times }, () => look) };
}

describe('when a payment is due', () => {
  test('while it is being asked about: after the lease of each ask', async () => {
    const shop = await openShop();
    const record = await shop.started();
    const { seen, replies } = watched(shop, record, 3);
    shop.gateway.replies['verify-payment'].push(...replies);
    await shop.comesBack(record, { referenceNumber: 'r' });
    const during = (verifyAttempts: number) => ({
      status: 'verifying',
      verifyAttempts,
      dueAt: shop.now + LEASE,
    });
    expect(seen).toMatchObject([during(1), during(2), during(3)]);
  });

  test.each([
    ['without a timer', false as const, 30_000],
    ['with one that sweeps often', { everyMs: 20_000 }, 20_000],
    ['with one that sweeps rarely', { everyMs: 10 * MINUTE }, 30_000],
  ])('when no answer came, %s: after one sweep, at most half a minute', async (_what, recovery, wait) => {
    const shop = await openShop({ recovery });
    const { record } = await shop.unanswered();
    expect(record).toMatchObject({ status: 'verifying', verifyAttempts: 3, dueAt: shop.now + wait });
  });

  test('while it waits for the shop: after each half minute, and right at the end of its window', async () => {
    const shop = await openShop({ stillPayable: () => Promise.reject(new Error('the orders are away')) });
    const { invoiceNumber, ...started } = await shop.started();
    await shop.comesBack({ invoiceNumber, ...started }, { referenceNumber: 'r' });
    const end = shop.now + 30 * MINUTE;
    expect(await shop.record(invoiceNumber)).toMatchObject({ dueAt: shop.now + 30_000 });
    await shop.sweepAfter(MINUTE);
    expect(await shop.record(invoiceNumber)).toMatchObject({ dueAt: shop.now + 30_000 });
    await shop.sweepAfter(end - 1 - shop.now);
    expect(await shop.record(invoiceNumber)).toMatchObject({ status: 'received', dueAt: end });
    await shop.sweepAfter(1);
    expect(await shop.record(invoiceNumber)).toMatchObject({ failureReason: 'WindowMissed' });
  });

  test('in review: an hour after each attempt, which is counted and leased before it is made', async () => {
    const shop = await openShop();
    const record = await shop.timedOut();
    expect(record).toMatchObject({ nextVerifyAt: shop.now + HOUR, dueAt: shop.now + HOUR });
    const { seen, replies } = watched(shop, record, 1);
    shop.gateway.replies['verify-payment'].push(...replies);
    await shop.sweepAfter(HOUR);
    const next = { verifyAttempts: record.verifyAttempts + 1, nextVerifyAt: shop.now + HOUR };
    expect(seen).toMatchObject([{ ...next, dueAt: shop.now + LEASE }]);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ ...next, dueAt: shop.now + HOUR });
  });

  test('in review with its hook pending: the hook is called when the attempt is over, and due again after its delay', async () => {
    const shop = await openShop({ onReview: () => Promise.reject(new Error('the pager is away')) });
    const record = await shop.timedOut();
    const { seen, replies } = watched(shop, record, 1);
    shop.gateway.replies['verify-payment'].push(...replies);
    await shop.sweepAfter(HOUR);
    const next = { verifyAttempts: record.verifyAttempts + 1, nextVerifyAt: shop.now + HOUR };
    expect(seen).toMatchObject([{ ...next, dueAt: shop.now + LEASE }]);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      ...next,
      hookAttempts: 2,
      dueAt: shop.now + MINUTE,
    });
  });
});

test('the window is counted from the receipt, however long the buyer was at the bank', async () => {
  const shop = await openShop();
  const record = await shop.started();
  shop.now += 50 * MINUTE;
  shop.gateway.replies['verify-payment'].push('reset', 'reset', 'reset', 'reset', 'reset');
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  await shop.sweepAfter(30 * MINUTE - 1);
  expect((await shop.record(record.invoiceNumber)).status).toBe('verifying');
  await shop.sweepAfter(MINUTE);
  expect((await shop.record(record.invoiceNumber)).failureReason).toBe('VerificationTimedOut');
});

test('a review is asked about when an ask is due, not whenever its hook is', async () => {
  const shop = await openShop({ onReview: () => Promise.reject(new Error('the pager is away')) });
  const { verifyAttempts, invoiceNumber } = await shop.timedOut();
  expect(await shop.sweepAfter(30 * MINUTE)).toMatchObject({ due: 1, hooks: 0, waiting: 1 });
  expect(await shop.record(invoiceNumber)).toMatchObject({ verifyAttempts, hookAttempts: 2 });
});

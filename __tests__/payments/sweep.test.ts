import { MemoryPaymentStore, type PaymentRecord, type PaymentStatus } from 'express-atipay';
import { openShop } from '../support/opened';
import type { Reply } from '../support/scripted-gateway';
import { sharing } from '../support/sharing';
import { HOUR, MINUTE, type Shop } from '../support/shop';
import { wholeDelays } from '../support/spread';

wholeDelays();

const REFUSAL: Reply = { body: { errorCode: '-2' } };

/** A shop whose hooks throw as long as they are broken. */
async function breakable(): Promise<{ shop: Shop; broken: { hooks: boolean } }> {
  const broken = { hooks: true };
  const hook = (): void => {
    if (broken.hooks) throw new Error('the shop is away');
  };
  return { shop: await openShop({ onSuccess: hook, onFailure: hook, onReview: hook }), broken };
}

async function back(shop: Shop, ...replies: Reply[]): Promise<PaymentRecord> {
  const record = await shop.started();
  shop.gateway.replies['verify-payment'].push(...replies);
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  return shop.record(record.invoiceNumber);
}

describe('a sweep reports', () => {
  const NOTHING = { due: 1, paid: 0, failed: 0, review: 0, hooks: 0, waiting: 0 };

  test.each<[what: string, replies: Reply[]]>([
    ['paid', []],
    ['failed', [REFUSAL]],
    ['in review', [{ body: { amount: 1 } }]],
  ])(
    'of payments that were %s before: its hook when it returns, and that it waits until then',
    async (_what, replies) => {
      const { shop, broken } = await breakable();
      await back(shop, ...replies);
      expect(await shop.sweepAfter(MINUTE)).toMatchObject({ ...NOTHING, waiting: 1 });
      broken.hooks = false;
      expect(await shop.sweepAfter(HOUR)).toMatchObject({ ...NOTHING, hooks: 1 });
    },
  );

  test('of new outcomes: each once, and the time it took', async () => {
    const { shop, broken } = await breakable();
    broken.hooks = false;
    await shop.unanswered();
    await shop.unanswered();
    await shop.started();
    shop.gateway.replies['verify-payment'].push(REFUSAL);
    let elapsed = 1_000;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => elapsed);
    shop.gateway.replies['verify-payment'].unshift(() => {
      elapsed = 2_234;
      return Promise.resolve<Reply>({ body: { amount: 25_000 } });
    });
    const { ms, ...report } = await shop.sweepAfter(HOUR);
    clock.mockRestore();
    expect(ms).toBe(1_234);
    expect(report).toEqual({ due: 3, paid: 1, failed: 1, review: 1, hooks: 3, waiting: 0 });
  });

  test('of payments without an outcome: that they wait, and nothing else', async () => {
    let stillPayable = (): boolean => undefined as unknown as boolean;
    const shop = await openShop({ stillPayable: () => stillPayable() });
    await back(shop);
    stillPayable = () => true;
    shop.gateway.replies['verify-payment'].push('reset', 'reset', 'reset');
    const { ms, ...report } = await shop.sweepAfter(MINUTE);
    expect(ms).toBeGreaterThanOrEqual(0);
    expect(report).toEqual({ ...NOTHING, waiting: 1 });
  });

  test('of a review that is asked about again: that it waits, its hook having returned before', async () => {
    const shop = await openShop();
    const { invoiceNumber, hookAttempts } = await shop.timedOut();
    shop.gateway.replies['verify-payment'].push('reset');
    expect(await shop.sweepAfter(HOUR)).toMatchObject({ ...NOTHING, waiting: 1 });
    expect(await shop.record(invoiceNumber)).toMatchObject({ hookAttempts });
  });

  test('of a review that is paid at last: the hook of that, though the one of the review returned before', async () => {
    const shop = await openShop();
    await shop.timedOut();
    expect(await shop.sweepAfter(HOUR)).toMatchObject({ ...NOTHING, paid: 1, hooks: 1 });
  });

  test('of a review that is paid at last and whose hook throws: that it waits for the next call', async () => {
    const shop = await openShop({ onSuccess: () => Promise.reject(new Error('the shop is away')) });
    const { invoiceNumber } = await shop.timedOut();
    expect(await shop.sweepAfter(HOUR)).toMatchObject({ ...NOTHING, paid: 1, waiting: 1 });
    expect(await shop.record(invoiceNumber)).toMatchObject({ hookAttempts: 1, dueAt: shop.now + 30_000 });
  });
});

test.each<[what: string, reply: Reply]>([
  ['a refusal', REFUSAL],
  ['another amount', { body: { amount: 1 } }],
])(
  'a review that %s ends the attempts for has its hook, pending as before, called once, and counted',
  async (_what, reply) => {
    const attempts: number[] = [];
    const onReview = (_payment: unknown, { attempt }: { attempt: number }): void => {
      attempts.push(attempt);
      throw new Error('the shop is away');
    };
    const shop = await openShop({ onReview });
    const { invoiceNumber } = await shop.timedOut();
    shop.gateway.replies['verify-payment'].push(reply);
    await shop.sweepAfter(HOUR);
    expect(attempts).toEqual([1, 2]);
    expect(await shop.record(invoiceNumber)).toMatchObject({ hookAttempts: 2, nextVerifyAt: null });
  },
);

describe('a sweep asks the store', () => {
  /** A shop that notes how many payments of a status it asks its store for; some of its payments cannot be written. */
  async function counted(batch: number, of: PaymentStatus) {
    const rows = new MemoryPaymentStore({ quiet: true });
    const limits: number[] = [];
    const broken = new Set<string>();
    const store = sharing(rows, {
      due: (query) => {
        if (query.statuses.includes(of)) limits.push(query.limit);
        return rows.due(query);
      },
      update: (next, read) =>
        broken.has(next.invoiceNumber) ? Promise.reject(new Error('disk is full')) : rows.update(next, read),
    });
    const shop = await openShop({ store, recovery: { batch, concurrency: 1, everyMs: 24 * HOUR } });
    return { shop, limits, broken };
  }

  test('for one batch after another until one is not full', async () => {
    const { shop, limits } = await counted(3, 'pending');
    for (let count = 0; count < 8; count += 1) await shop.started();
    expect(await shop.sweepAfter(HOUR)).toMatchObject({ due: 8, failed: 8 });
    expect(limits).toEqual([3, 3, 3]);
  });

  test('for no more because some wait for a later event', async () => {
    const { shop, limits } = await counted(2, 'verifying');
    for (let count = 0; count < 5; count += 1) await shop.unanswered();
    shop.gateway.replies['verify-payment'].push('reset', 'reset', 'reset', 'reset', 'reset');
    expect(await shop.sweepAfter(MINUTE)).toMatchObject({ due: 5, waiting: 5 });
    expect(limits).toEqual([2, 2, 2]);
  });

  test('for as many more as cannot be worked on, each of which is looked at once', async () => {
    const { shop, limits, broken } = await counted(1, 'pending');
    const payments = [];
    for (let count = 0; count < 4; count += 1) {
      payments.push(await shop.started());
      shop.now += 1;
    }
    for (const { invoiceNumber } of payments.slice(0, 2)) broken.add(invoiceNumber);
    expect(await shop.sweepAfter(HOUR)).toMatchObject({ due: 4, failed: 2, waiting: 2 });
    expect(limits).toEqual([1, 2, 3, 3, 3]);
  });

  test('no further after a thousand that cannot be worked on', async () => {
    const { shop, limits, broken } = await counted(500, 'pending');
    const record = await shop.started();
    broken.add(record.invoiceNumber);
    for (let count = 1; count < 1_200; count += 1) {
      const invoiceNumber = String(count).padStart(20, '0');
      broken.add(invoiceNumber);
      await shop.store.insert({ ...record, invoiceNumber, orderId: invoiceNumber });
    }
    expect(await shop.sweepAfter(HOUR)).toMatchObject({ due: 1_000, failed: 0, waiting: 1_000 });
    expect(limits).toEqual([500, 1_000]);
  });
});

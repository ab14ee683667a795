import type { AtipayConfig, PaymentRecord } from 'express-atipay';
import { closing, openShop } from '../support/opened';
import { sharing } from '../support/sharing';
import { anOrder, HOUR, MINUTE, Shop } from '../support/shop';
import { wholeDelays } from '../support/spread';

wholeDelays();

type Hook = NonNullable<AtipayConfig['onFailure']>;

/** A shop whose word on an order, and whose hook, a test may change while they are being asked for. */
async function shopThat(options: Partial<AtipayConfig> = {}) {
  const says = { stillPayable: (): boolean | Promise<boolean> => true, onFailure: (() => undefined) as Hook };
  const shop = await openShop({
    stillPayable: () => says.stillPayable(),
    onFailure: (...args) => says.onFailure(...args),
    ...options,
  });
  return { shop, says };
}

const back = (shop: Shop, record: { invoiceNumber: string }, fields: Record<string, string> = {}) =>
  shop
    .record(record.invoiceNumber)
    .then((stored) =>
      shop.comesBack(stored, { referenceNumber: shop.gateway.receipt(record.invoiceNumber), ...fields }),
    );

/** Two payments that a sweep looks at in this order. */
async function oneAfterTheOther(shop: Shop): Promise<[PaymentRecord, PaymentRecord]> {
  const first = await shop.started();
  shop.now += 1;
  return [first, await shop.started()];
}

const away = (): never => {
  throw new Error('the orders are away');
};

/** A payment that holds a receipt and waits, since the shop could not say whether its order is still payable. */
async function waiting(
  { shop, says }: Awaited<ReturnType<typeof shopThat>>,
  started?: PaymentRecord,
): Promise<PaymentRecord> {
  const record = started ?? (await shop.started());
  says.stillPayable = away;
  await back(shop, record);
  const stored = await shop.record(record.invoiceNumber);
  expect(stored.status).toBe('received');
  return stored;
}

describe('a payment that waits for the shop', () => {
  test('is never verified when the shop says no in the end', async () => {
    const scene = await shopThat();
    const { invoiceNumber } = await waiting(scene);
    scene.says.stillPayable = () => false;
    await scene.shop.sweepAfter(MINUTE);
    expect(await scene.shop.record(invoiceNumber)).toMatchObject({
      failureReason: 'OrderNotPayable',
      verifyAttempts: 0,
    });
    expect(scene.shop.gateway.asked('verify-payment')).toEqual([]);
  });

  test('waits on when another payment takes the order while the shop is asked, and is not verified', async () => {
    const scene = await shopThat();
    const { shop, says } = scene;
    const order = anOrder();
    const second = await shop.started(order);
    const first = await waiting(scene, await shop.started(order));
    says.stillPayable = async () => {
      says.stillPayable = () => true;
      shop.gateway.replies['verify-payment'].push('reset', 'reset', 'reset');
      await back(shop, second);
      return true;
    };
    await shop.sweepAfter(MINUTE);
    expect(await shop.record(first.invoiceNumber)).toMatchObject({ status: 'received', verifyAttempts: 0 });
    expect((await shop.record(first.invoiceNumber)).history.at(-1)?.event).toBe('orderTaken');
    await shop.sweepAfter(MINUTE);
    await shop.sweepAfter(MINUTE);
    expect(await shop.record(first.invoiceNumber)).toMatchObject({ failureReason: 'OrderAlreadyPaid' });
    const asked = shop.gateway.asked('verify-payment').map(({ body }) => body['referenceNumber']);
    expect(asked).not.toContain(first.referenceNumber);
  });

  test('is verified once although its buyer comes back again while the shop is asked', async () => {
    const scene = await shopThat();
    const { shop, says } = scene;
    const record = await waiting(scene);
    says.stillPayable = async () => {
      says.stillPayable = () => true;
      await back(shop, record);
      return true;
    };
    await shop.sweepAfter(MINUTE);
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
    expect(shop.gateway.asked('verify-payment')).toHaveLength(1);
  });
});

test('a failure that comes while the shop is asked about an OK decides: the OK is late and never verified', async () => {
  const { shop, says } = await shopThat();
  const record = await shop.started();
  says.stillPayable = async () => {
    says.stillPayable = () => true;
    await back(shop, record, { state: 'CanceledByUser', status: '1', referenceNumber: '' });
    return true;
  };
  await back(shop, record);
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ failureReason: 'CanceledByUser' });
  expect(shop.told('late')).toHaveLength(1);
  expect(shop.gateway.asked('verify-payment')).toEqual([]);
});

test('an order that the shop gives up because another payment of it is in review says so', async () => {
  const { shop, says } = await shopThat();
  const order = anOrder();
  const [first, second] = [await shop.started(order), await shop.started({ ...order })];
  shop.gateway.replies['verify-payment'].push({ body: { amount: 1 } });
  await back(shop, first);
  says.stillPayable = () => false;
  await back(shop, second);
  expect(await shop.record(second.invoiceNumber)).toMatchObject({ failureReason: 'OrderInReview' });
});

describe('a sweep’s read and later changes', () => {
  const one = { recovery: { everyMs: HOUR, batch: 50, concurrency: 1 } };

  test('a buyer who comes back while others are being abandoned is not abandoned', async () => {
    const { shop, says } = await shopThat(one);
    const [gone, late] = await oneAfterTheOther(shop);
    says.onFailure = () => back(shop, late);
    expect(await shop.sweepAfter(2 * HOUR)).toMatchObject({ due: 2, failed: 1 });
    expect((await shop.record(gone.invoiceNumber)).failureReason).toBe('Abandoned');
    expect((await shop.record(late.invoiceNumber)).status).toBe('paid');
    expect(shop.hooks.map(({ hook, payment }) => [hook, payment.invoiceNumber])).toEqual([
      ['onSuccess', late.invoiceNumber],
    ]);
  });

  test('a person who decides on a payment while others are worked on is not overruled, and the hook comes once', async () => {
    let broken = true;
    const { shop, says } = await shopThat({
      ...one,
      onReview: () => {
        if (broken) throw new Error('the pager is away');
      },
    });
    const [gone, odd] = await oneAfterTheOther(shop);
    shop.gateway.replies['verify-payment'].push({ body: { amount: 1 } });
    await back(shop, odd);
    broken = false;
    says.onFailure = async ({ invoiceNumber }) => {
      if (invoiceNumber === gone.invoiceNumber) {
        await shop.atipay.resolve(odd.invoiceNumber, 'failed', 'the bank says it was returned', 'Sara');
      }
    };
    await shop.sweepAfter(2 * HOUR);
    expect(await shop.record(odd.invoiceNumber)).toMatchObject({ failureReason: 'ResolvedByHand' });
    expect(shop.told('hookError')).toHaveLength(1);
  });

  test('a person who decides on a review while others are worked on is the last word: it is not asked about', async () => {
    const { shop, says } = await shopThat(one);
    says.onFailure = away;
    await back(shop, await shop.started(), { state: 'Failed', status: '3', referenceNumber: '' });
    const { record } = await shop.unanswered();
    shop.gateway.replies['verify-payment'].push('reset');
    await shop.sweepAfter(30 * MINUTE);
    const asked = shop.gateway.asked('verify-payment').length;
    says.onFailure = async ({ failure }) => {
      if (failure.reason !== 'Failed') return;
      await shop.atipay.resolve(record.invoiceNumber, 'failed', 'the bank says it was returned', 'Sara');
    };
    await shop.sweepAfter(2 * HOUR);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ failureReason: 'ResolvedByHand' });
    expect(shop.gateway.asked('verify-payment')).toHaveLength(asked);
  });

  test('the failure of a payment that missed its window is delivered once, though its buyer comes back at that moment', async () => {
    const scene = await shopThat(one);
    const { shop, says } = scene;
    const first = await waiting(scene);
    shop.now += 1;
    const second = await waiting(scene);
    const told: string[] = [];
    says.onFailure = async ({ invoiceNumber, failure }) => {
      told.push(`${invoiceNumber} ${failure.reason}`);
      if (invoiceNumber === first.invoiceNumber) await back(shop, second);
    };
    await shop.sweepAfter(HOUR);
    expect(told).toEqual([first, second].map(({ invoiceNumber }) => `${invoiceNumber} WindowMissed`));
  });

  test('a hook that another process has called meanwhile is not called again', async () => {
    const { shop, says } = await shopThat(one);
    const payments = await oneAfterTheOther(shop);
    says.onFailure = away;
    await shop.sweepAfter(2 * HOUR);
    const told: string[] = [];
    const other = closing(
      await Shop.open({
        store: sharing(shop.store),
        onFailure: ({ invoiceNumber }) => void told.push(`there ${invoiceNumber}`),
      }),
    );
    says.onFailure = async ({ invoiceNumber }) => {
      told.push(`here ${invoiceNumber}`);
      other.now = shop.now;
      await other.atipay.recover();
    };
    await shop.sweepAfter(HOUR);
    expect(told).toEqual([`here ${payments[0].invoiceNumber}`, `there ${payments[1].invoiceNumber}`]);
  });

  test('after close the rest is left as it is', async () => {
    const { shop, says } = await shopThat(one);
    const [, second] = await oneAfterTheOther(shop);
    says.onFailure = () => void shop.atipay.close();
    expect(await shop.sweepAfter(2 * HOUR)).toMatchObject({ due: 1, failed: 1 });
    expect(await shop.record(second.invoiceNumber)).toEqual(second);
  });
});

test('a review whose hook never returns is asked about for a day, and the hook called on after that', async () => {
  const { shop } = await shopThat({
    onReview: () => {
      throw new Error('the pager is away');
    },
  });
  const { record } = await shop.unanswered();
  for (let hour = 0; hour < 30; hour += 1) {
    shop.gateway.replies['verify-payment'].push('reset');
    await shop.sweepAfter(HOUR);
  }
  const stored = await shop.record(record.invoiceNumber);
  expect(stored).toMatchObject({ status: 'review', nextVerifyAt: null, hookDeliveredAt: null });
  expect(stored.dueAt).toBeGreaterThan(shop.now);
  expect(stored.hookAttempts).toBeGreaterThan(25);
});

test('an answer about a review whose hook is still pending leaves the hook pending', async () => {
  let broken = true;
  const { shop } = await shopThat({
    onReview: () => {
      if (broken) throw new Error('the pager is away');
    },
  });
  const { record } = await shop.unanswered();
  shop.gateway.replies['verify-payment'].push('reset', { body: { errorCode: '-2' } });
  await shop.sweepAfter(HOUR);
  await shop.sweepAfter(HOUR);
  expect(await shop.record(record.invoiceNumber)).toMatchObject({
    failureReason: 'VerificationUnclear',
    hookDeliveredAt: null,
  });
  broken = false;
  await shop.sweepAfter(2 * HOUR);
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ hookDeliveredAt: shop.now, dueAt: null });
});

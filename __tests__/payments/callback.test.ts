import type { PaymentRecord } from 'express-atipay';
import { crowd } from '../support/crowd';
import { openShop } from '../support/opened';
import { held } from '../support/scripted-gateway';
import { anOrder, HOUR, MINUTE, type Shop } from '../support/shop';

const statusOf = async (shop: Shop, record: PaymentRecord): Promise<string> =>
  (await shop.record(record.invoiceNumber)).status;

const verifies = (shop: Shop): unknown[] =>
  shop.gateway.asked('verify-payment').map((call) => call.body['referenceNumber']);

async function paid(shop: Shop, order = anOrder()): Promise<{ record: PaymentRecord; receipt: string }> {
  const record = await shop.started(order);
  const receipt = shop.gateway.receipt(record.invoiceNumber);
  await shop.comesBack(record, { referenceNumber: receipt });
  return { record: await shop.record(record.invoiceNumber), receipt };
}

describe('an OK with a receipt', () => {
  test('is verified, paid, and told to the shop once', async () => {
    const shop = await openShop();
    const { record, receipt } = await paid(shop);
    expect(record).toMatchObject({
      status: 'paid',
      referenceNumber: receipt,
      orderKey: record.orderId,
      asks: 1,
      traceNumber: '654321',
      terminalId: '12345678',
      maskedPan: '603799******1234',
      rrn: '123456789012',
      verifiedAt: shop.now,
      handledAt: shop.now,
      dueAt: null,
    });
    expect(verifies(shop)).toEqual([receipt]);
    expect(shop.hooks).toMatchObject([
      { hook: 'onSuccess', payment: { status: 'paid', referenceNumber: receipt, amount: 25_000 } },
    ]);
  });

  test('sends the buyer to the result with 303', async () => {
    const shop = await openShop();
    const record = await shop.started();
    const response = await shop.comesBack(record, {
      referenceNumber: shop.gateway.receipt(record.invoiceNumber),
    });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(
      `${shop.origin}/payment/result/${record.invoiceNumber}/${record.returnKey}`,
    );
  });

  test('costs three durable writes after get-token: claim, paid, handled', async () => {
    const shop = await openShop();
    const { record } = await paid(shop);
    const pending = 1;
    expect(record.version - pending).toBe(3);
  });

  test('sent 20 times at once is verified once and told once, and every sender gets the result', async () => {
    const shop = await openShop({ stillPayable: crowd(20) });
    const record = await shop.started();
    const receipt = shop.gateway.receipt(record.invoiceNumber);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => shop.comesBack(record, { referenceNumber: receipt })),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 303));
    expect(verifies(shop)).toEqual([receipt]);
    expect(shop.hooks.map((call) => call.hook)).toEqual(['onSuccess']);
    expect(await statusOf(shop, record)).toBe('paid');
  });

  test('of a payment without a token is forged: no buyer has seen one', async () => {
    const shop = await openShop();
    const { reply, release } = held({ body: { status: '1', token: 't' } });
    shop.gateway.replies['get-token'].push(reply);
    const starting = shop.atipay.start(anOrder({ orderId: 'early' })).catch((error: unknown) => error);
    const record = await created(shop, 'early');
    await shop.comesBack(record, { referenceNumber: 'early receipt' });
    expect(await statusOf(shop, record)).toBe('created');
    expect(shop.told('forged')).toMatchObject([{ reason: 'noTokenYet' }]);
    release();
    expect(await starting).toMatchObject({ payment: { status: 'pending' } });
    expect(verifies(shop)).toEqual([]);
  });

  test('for a failed payment is never verified, and reported as late', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack(record, { state: 'CanceledByUser', status: '1' });
    const before = await shop.record(record.invoiceNumber);
    const receipt = shop.gateway.receipt(record.invoiceNumber);
    const response = await shop.comesBack(record, { referenceNumber: receipt });
    expect(response.status).toBe(303);
    expect(await shop.record(record.invoiceNumber)).toEqual(before);
    expect(shop.told('late')).toMatchObject([{ referenceNumber: receipt }]);
    expect(verifies(shop)).toEqual([]);
  });

  test('presented again for a paid payment starts nothing and reports nothing', async () => {
    const shop = await openShop();
    const { record, receipt } = await paid(shop);
    const told = shop.events.length;
    expect((await shop.comesBack(record, { referenceNumber: receipt })).status).toBe(303);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.events).toHaveLength(told);
    expect(verifies(shop)).toHaveLength(1);
  });

  test('with another receipt for a paid payment is reported with that receipt and never verified', async () => {
    const shop = await openShop();
    const { record } = await paid(shop);
    const second = shop.gateway.receipt(record.invoiceNumber);
    await shop.comesBack(record, { referenceNumber: second });
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.told('late')).toMatchObject([{ referenceNumber: second, payment: { status: 'paid' } }]);
    expect(verifies(shop)).not.toContain(second);
  });

  test.each([
    ['again', 0],
    ['with another receipt', 1],
  ])('while a payment is being verified, %s, starts nothing', async (_how, reports) => {
    const shop = await openShop();
    const { record, receipt } = await shop.unanswered();
    const asked = verifies(shop).length;
    const presented = reports === 0 ? receipt : shop.gateway.receipt(record.invoiceNumber);
    await shop.comesBack(record, { referenceNumber: presented });
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(verifies(shop)).toHaveLength(asked);
    expect(shop.told('late')).toHaveLength(reports);
  });
});

describe('a replayed receipt', () => {
  test('leaves both payments as they were, and the second one is paid by its own', async () => {
    const shop = await openShop();
    const first = await paid(shop);
    const second = await shop.started();
    const response = await shop.comesBack(second, { referenceNumber: first.receipt });
    expect(response.status).toBe(303);
    expect(await shop.record(second.invoiceNumber)).toEqual(second);
    expect(await shop.record(first.record.invoiceNumber)).toEqual(first.record);
    expect(shop.told('replay')).toMatchObject([
      { referenceNumber: first.receipt, payment: { invoiceNumber: second.invoiceNumber, status: 'pending' } },
    ]);
    expect(verifies(shop)).toEqual([first.receipt]);

    const own = shop.gateway.receipt(second.invoiceNumber);
    await shop.comesBack(second, { referenceNumber: own });
    expect(await statusOf(shop, second)).toBe('paid');
  });

  test('on a second payment of the same order changes nothing either', async () => {
    const shop = await openShop();
    const order = anOrder();
    const second = await shop.started(order);
    const first = await paid(shop, order);
    await shop.comesBack(second, { referenceNumber: first.receipt });
    expect(await shop.record(second.invoiceNumber)).toEqual(second);
    expect(shop.told('replay')).toHaveLength(1);
  });
});

describe('two tabs paying one order', () => {
  test('end in one charge: the second is never verified, and onFailure is not told of the paid order', async () => {
    const shop = await openShop();
    const order = anOrder();
    const [one, two] = [await shop.started(order), await shop.started(order)];
    await shop.comesBack(one, { referenceNumber: shop.gateway.receipt(one.invoiceNumber) });
    const second = shop.gateway.receipt(two.invoiceNumber);
    await shop.comesBack(two, { referenceNumber: second });
    expect(await shop.record(two.invoiceNumber)).toMatchObject({
      status: 'failed',
      failureReason: 'OrderAlreadyPaid',
      referenceNumber: second,
      handledAt: shop.now,
      dueAt: null,
    });
    expect(verifies(shop)).toHaveLength(1);
    expect(shop.hooks.map((call) => call.hook)).toEqual(['onSuccess']);
  });

  test('at the same moment: one waits in received until the other is decided', async () => {
    const shop = await openShop();
    const order = anOrder();
    const [one, two] = [await shop.started(order), await shop.started(order)];
    const { reply, release } = held({ body: { amount: 25_000 } });
    shop.gateway.replies['verify-payment'].push(reply);
    const firstBack = shop.comesBack(one, { referenceNumber: 'receipt one' });
    await until(async () => (await statusOf(shop, one)) === 'verifying');
    await shop.comesBack(two, { referenceNumber: 'receipt two' });
    expect(await shop.record(two.invoiceNumber)).toMatchObject({
      status: 'received',
      asks: 0,
      orderKey: null,
      referenceNumber: 'receipt two',
    });
    release();
    await firstBack;
    expect(await statusOf(shop, one)).toBe('paid');
    await shop.sweepAfter(MINUTE);
    expect(await shop.record(two.invoiceNumber)).toMatchObject({
      failureReason: 'OrderAlreadyPaid',
      asks: 0,
    });
    expect(verifies(shop)).toEqual(['receipt one']);
  });

  test('when the first is refused, the waiting one is verified and pays the order', async () => {
    const shop = await openShop();
    const order = anOrder();
    const [one, two] = [await shop.started(order), await shop.started(order)];
    const { reply, release } = held({ body: { errorCode: '-6' } });
    shop.gateway.replies['verify-payment'].push(reply);
    const firstBack = shop.comesBack(one, { referenceNumber: 'receipt one' });
    await until(async () => (await statusOf(shop, one)) === 'verifying');
    await shop.comesBack(two, { referenceNumber: shop.gateway.receipt(two.invoiceNumber) });
    release();
    await firstBack;
    expect(await shop.record(one.invoiceNumber)).toMatchObject({ failureReason: 'VerificationRefused' });
    await shop.sweepAfter(MINUTE);
    expect(await statusOf(shop, two)).toBe('paid');
    expect(shop.hooks.map((call) => call.hook)).toEqual(['onSuccess']);
  });

  test('when the first is in review, the second is never verified', async () => {
    const shop = await openShop();
    const order = anOrder();
    const [one, two] = [await shop.started(order), await shop.started(order)];
    shop.gateway.replies['verify-payment'].push({ body: { amount: 1 } });
    await shop.comesBack(one, { referenceNumber: 'receipt one' });
    await shop.comesBack(two, { referenceNumber: 'receipt two' });
    expect(await statusOf(shop, one)).toBe('review');
    expect(await shop.record(two.invoiceNumber)).toMatchObject({
      status: 'failed',
      failureReason: 'OrderInReview',
    });
    expect(verifies(shop)).toEqual(['receipt one']);
    expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview']);
  });
});

describe('a failure', () => {
  test.each([
    ['CanceledByUser', '1'],
    ['Failed', '3'],
    ['SessionIsNull', '4'],
    ['InvalidParameters', '5'],
    ['MerchantIpAddressIsInvalid', '8'],
    ['TokenNotFound', '10'],
    ['TokenRequired', '11'],
    ['TerminalNotFound', '12'],
  ])('%s ends a pending payment with that reason and tells the shop', async (state, status) => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack(record, { state, status });
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      status: 'failed',
      failureReason: state,
      referenceNumber: null,
    });
    expect(shop.hooks).toMatchObject([
      { hook: 'onFailure', payment: { failure: { reason: state, message: expect.any(String) as string } } },
    ]);
  });

  test('of a name that is not in Table 1 is an UnknownState, and history keeps the name', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack(record, { state: 'Exploded', status: '99' });
    const { failureReason, history } = await shop.record(record.invoiceNumber);
    expect(failureReason).toBe('UnknownState');
    expect(history.map((entry) => entry.note)).toContainEqual(expect.stringContaining('Exploded'));
  });

  test('does not take a receipt, so that it cannot spoil another payment', async () => {
    const shop = await openShop();
    const [one, two] = [await shop.started(), await shop.started()];
    const receipt = shop.gateway.receipt(two.invoiceNumber);
    await shop.comesBack(one, { state: 'Failed', status: '3', referenceNumber: receipt });
    await shop.comesBack(two, { referenceNumber: receipt });
    expect(await statusOf(shop, two)).toBe('paid');
  });

  test('after the payment is paid changes nothing', async () => {
    const shop = await openShop();
    const { record } = await paid(shop);
    await shop.comesBack(record, { state: 'Failed', status: '3' });
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
  });

  test('while the payment is being verified changes nothing', async () => {
    const shop = await openShop();
    const { record } = await shop.unanswered();
    await shop.comesBack(record, { state: 'CanceledByUser', status: '1' });
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
  });

  test('of the abandoned first tab does not release the order that the second tab may still pay', async () => {
    const shop = await openShop();
    const order = anOrder();
    const [one, two] = [await shop.started(order), await shop.started(order)];
    await shop.comesBack(one, { state: 'CanceledByUser', status: '1' });
    expect(await shop.record(one.invoiceNumber)).toMatchObject({ status: 'failed', handledAt: shop.now });
    expect(shop.hooks).toEqual([]);
    await shop.comesBack(two, { state: 'Failed', status: '3' });
    expect(shop.hooks).toMatchObject([
      { hook: 'onFailure', payment: { invoiceNumber: two.invoiceNumber, failure: { reason: 'Failed' } } },
    ]);
  });
});

describe('a callback that is not believed changes nothing and is reported', () => {
  test.each([
    ['without a receipt', { referenceNumber: undefined }, 'receiptMissing'],
    ['with an empty receipt', { referenceNumber: ' ' }, 'receiptMissing'],
    ['with a status that contradicts OK', { referenceNumber: 'r', status: '3' }, 'statusContradicts'],
    ['without a state', { referenceNumber: 'r', state: undefined }, 'malformed'],
  ])('%s: the buyer is shown a failure page', async (_how, fields, reason) => {
    const shop = await openShop();
    const record = await shop.started();
    const response = await shop.comesBack(record, fields);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.told('forged')).toMatchObject([{ reason, invoiceNumber: record.invoiceNumber }]);
    expect(response.status).toBe(303);
    const page = await fetch(response.headers.get('location') ?? '');
    expect(await page.text()).toContain('not confirmed');
    expect(verifies(shop)).toEqual([]);
  });

  test.each(['2', '0', ''])('status %j beside OK agrees with it', async (status) => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack(record, { status, referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    expect(await statusOf(shop, record)).toBe('paid');
  });

  test('from another terminal than the configured one', async () => {
    const shop = await openShop({ terminalId: '99999999' });
    const record = await shop.started();
    await shop.comesBack(record, { referenceNumber: 'r', terminalId: '12345678' });
    await shop.comesBack(record, { state: 'Failed', status: '3', terminalId: '12345678' });
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.told('forged')).toMatchObject([{ reason: 'otherTerminal' }, { reason: 'otherTerminal' }]);
  });

  test('with a wrong key, of an unknown invoice, or of another invoice in the body: one neutral page for all', async () => {
    const shop = await openShop();
    const [record, other] = [await shop.started(), await shop.started()];
    const answers = [
      await shop.comesBack({ ...record, returnKey: other.returnKey }, { referenceNumber: 'r' }),
      await shop.comesBack({ ...record, invoiceNumber: '0'.repeat(20) }, { referenceNumber: 'r' }),
      await shop.comesBack({ ...record, invoiceNumber: 'not-an-invoice' }, { referenceNumber: 'r' }),
      await shop.comesBack(record, { referenceNumber: 'r', reservationNumber: other.invoiceNumber }),
      await shop.comesBack(record, { referenceNumber: 'r', reservationNumber: undefined }),
    ];
    const seen = await Promise.all(
      answers.map(async (answer) => {
        const headers = Object.fromEntries(answer.headers);
        delete headers['date'];
        return { status: answer.status, headers, body: await answer.text() };
      }),
    );
    expect(seen[0]?.status).toBe(404);
    for (const answer of seen) expect(answer).toEqual(seen[0]);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(await shop.record(other.invoiceNumber)).toEqual(other);
    expect(shop.told('forged').map((detail) => detail['reason'])).toEqual([
      'wrongKey',
      'unknownInvoice',
      'unknownInvoice',
      'otherInvoice',
      'otherInvoice',
    ]);
    expect(verifies(shop)).toEqual([]);
  });
});

describe('stillPayable', () => {
  test('false: never verified, failed as not payable, the receipt kept', async () => {
    const shop = await openShop({ stillPayable: () => false });
    const { record, receipt } = await paid(shop);
    expect(record).toMatchObject({
      status: 'failed',
      failureReason: 'OrderNotPayable',
      referenceNumber: receipt,
    });
    expect(verifies(shop)).toEqual([]);
    expect(shop.hooks.map((call) => call.hook)).toEqual(['onFailure']);
  });

  test('false because another payment has paid the order: the reason says so', async () => {
    let open = true;
    const shop = await openShop({ stillPayable: () => open });
    const order = anOrder();
    const two = await shop.started(order);
    await paid(shop, order);
    open = false;
    await shop.comesBack(two, { referenceNumber: shop.gateway.receipt(two.invoiceNumber) });
    expect(await shop.record(two.invoiceNumber)).toMatchObject({ failureReason: 'OrderAlreadyPaid' });
  });

  test('false for a receipt of another payment: still a replay, nothing changes', async () => {
    let open = true;
    const shop = await openShop({ stillPayable: () => open });
    const first = await paid(shop);
    const second = await shop.started();
    open = false;
    await shop.comesBack(second, { referenceNumber: first.receipt });
    expect(await shop.record(second.invoiceNumber)).toEqual(second);
    expect(shop.told('replay')).toHaveLength(1);
  });

  test.each<[string, () => boolean]>([
    [
      'throws',
      () => {
        throw new Error('database is away');
      },
    ],
    ['answers neither true nor false', () => undefined as unknown as boolean],
  ])('%s: the receipt is kept, and the shop is asked again until it answers', async (_how, answer) => {
    let stillPayable = answer;
    const shop = await openShop({ stillPayable: () => stillPayable() });
    const { record } = await paid(shop);
    expect(record).toMatchObject({ status: 'received', asks: 0 });
    await shop.sweepAfter(MINUTE);
    expect(await statusOf(shop, record)).toBe('received');
    stillPayable = () => true;
    await shop.sweepAfter(MINUTE);
    expect(await statusOf(shop, record)).toBe('paid');
  });

  test('never answers in the window: failed as missed, without one ask', async () => {
    const shop = await openShop({
      stillPayable: () => Promise.reject(new Error('database is away')),
    });
    const { record } = await paid(shop);
    await shop.sweepAfter(29 * MINUTE);
    expect(await statusOf(shop, record)).toBe('received');
    await shop.sweepAfter(HOUR);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      status: 'failed',
      failureReason: 'WindowMissed',
      asks: 0,
    });
    expect(verifies(shop)).toEqual([]);
  });

  test('is asked right before the claim, and not again for a duplicate of a paid one', async () => {
    const asked: string[] = [];
    const shop = await openShop({ stillPayable: (payment) => asked.push(payment.status) > 0 });
    const { record, receipt } = await paid(shop);
    await shop.comesBack(record, { referenceNumber: receipt });
    expect(asked).toEqual(['pending']);
  });
});

async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await new Promise(setImmediate);
}

async function created(shop: Shop, orderId: string): Promise<PaymentRecord> {
  let records: PaymentRecord[] = [];
  await until(async () => {
    records = await shop.store.findByOrder('default', orderId);
    return records.length > 0;
  });
  const [record] = records;
  if (!record) throw new Error('unreachable');
  return record;
}

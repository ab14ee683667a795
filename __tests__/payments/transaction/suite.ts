import type { Knex } from 'knex';
import type { AtipayConfig, PaymentRecord } from 'express-atipay';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { uniqueTable } from '../../support/databases';
import { openShop } from '../../support/opened';
import { anOrder, HOUR, MINUTE, type Shop } from '../../support/shop';
import { until } from '../../support/until';

/** What a hook's `transaction` promises, on a database that `connect` opens. */
export function transactionSuite(connect: () => Knex): void {
  let db: Knex;
  let tableName: string;
  let orders: string;

  beforeEach(async () => {
    db = connect();
    tableName = uniqueTable();
    orders = `${tableName}_orders`;
    await createPaymentsTable(db, { tableName });
    await db.schema.createTable(orders, (table) => {
      table.string('id').primary();
      table.integer('served').notNullable().defaultTo(0);
    });
  });

  afterEach(async () => {
    await db.schema.dropTable(orders);
    await dropPaymentsTable(db, { tableName });
    await db.destroy();
  });

  type Hooks = Partial<AtipayConfig<Knex.Transaction>>;
  type OnSuccess = AtipayConfig<Knex.Transaction>['onSuccess'];

  const serve = (orderId: string) => (trx: Knex.Transaction) =>
    trx(orders).where({ id: orderId }).increment('served');

  const open = (hooks: Hooks): Promise<Shop<Knex.Transaction>> =>
    openShop<Knex.Transaction>({ store: new KnexPaymentStore(db, { tableName }), ...hooks });

  async function paid(shop: Shop<Knex.Transaction>): Promise<PaymentRecord> {
    const order = anOrder();
    await db(orders).insert({ id: order.orderId });
    const record = await shop.started(order);
    await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    return shop.record(record.invoiceNumber);
  }

  async function served(orderId: string): Promise<number> {
    const rows: { served: number }[] = await db(orders).where({ id: orderId }).select('served');
    return rows[0]?.served ?? -1;
  }

  test('the order and the applied mark commit together', async () => {
    const seen: boolean[] = [];
    const shop = await open({
      onSuccess: async (payment, { transaction }) => seen.push(await transaction(serve(payment.orderId))),
    });
    const record = await paid(shop);
    expect(seen).toEqual([true]);
    expect(record).toMatchObject({
      status: 'paid',
      hookAppliedAt: shop.now,
      hookDeliveredAt: shop.now,
      dueAt: null,
    });
    expect(await served(record.orderId)).toBe(1);
  });

  test('a throw inside rolls both back, and the hook is tried again', async () => {
    let broken = true;
    const shop = await open({
      onSuccess: (payment, { transaction }) =>
        transaction(async (trx) => {
          await serve(payment.orderId)(trx);
          if (broken) throw new Error('no stock');
        }),
    });
    const record = await paid(shop);
    expect(record).toMatchObject({ hookAppliedAt: null, hookDeliveredAt: null });
    expect(record.dueAt).toBeLessThanOrEqual(shop.now + 30_000);
    expect(await served(record.orderId)).toBe(0);
    broken = false;
    await shop.sweepAfter(MINUTE);
    expect(await served(record.orderId)).toBe(1);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ hookDeliveredAt: shop.now, dueAt: null });
  });

  test('a throw after the commit: tried until it returns, but transaction answers false and runs nothing', async () => {
    const answers: boolean[] = [];
    const shop = await open({
      onSuccess: async (payment, { transaction }) => {
        answers.push(await transaction(serve(payment.orderId)));
        if (answers.length < 3) throw new Error('mail server is away');
      },
    });
    const { invoiceNumber, orderId } = await paid(shop);
    await shop.sweepAfter(MINUTE);
    await shop.sweepAfter(HOUR);
    expect(answers).toEqual([true, false, false]);
    expect(await served(orderId)).toBe(1);
    expect((await shop.record(invoiceNumber)).dueAt).toBeNull();
  });

  const careless: [string, OnSuccess][] = [
    [
      'forgets to await it',
      (payment, { transaction }) => {
        void transaction(serve(payment.orderId));
      },
    ],
    [
      'uses the same knex outside of it, on a pool of one connection',
      async (payment, { transaction }) => {
        await db(orders).where({ id: payment.orderId });
        await transaction(serve(payment.orderId));
        await db(orders).where({ id: payment.orderId });
      },
    ],
  ];

  test.each(careless)(
    'a hook that %s: the order is served once and the hook is done',
    async (_how, onSuccess) => {
      const shop = await open({ onSuccess });
      const record = await paid(shop);
      expect(record).toMatchObject({ hookAppliedAt: shop.now, hookDeliveredAt: shop.now, dueAt: null });
      expect(await served(record.orderId)).toBe(1);
    },
  );

  test('a hook that swallows its error has thrown all the same', async () => {
    let broken = true;
    const shop = await open({
      onSuccess: async (payment, { transaction }) => {
        await transaction(async (trx) => {
          await serve(payment.orderId)(trx);
          if (broken) throw new Error('no stock');
        }).catch(() => undefined);
      },
    });
    const record = await paid(shop);
    expect(record.hookDeliveredAt).toBeNull();
    expect(shop.told('hookError')).toMatchObject([{ error: { message: 'no stock' } }]);
    broken = false;
    await shop.sweepAfter(MINUTE);
    expect(await served(record.orderId)).toBe(1);
  });

  test('a hook that forgets it and whose transaction throws has thrown', async () => {
    let broken = true;
    const shop = await open({
      onSuccess: (_payment, { transaction }) => {
        void transaction(() => {
          if (broken) throw new Error('no stock');
        }).catch(() => undefined);
      },
    });
    const record = await paid(shop);
    expect(record).toMatchObject({ hookAppliedAt: null, hookDeliveredAt: null });
    broken = false;
    await shop.sweepAfter(MINUTE);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ hookDeliveredAt: shop.now });
  });

  test('a second transaction in one hook is refused, the first one stands, and the hook is called again', async () => {
    let twice = true;
    const shop = await open({
      onSuccess: async (payment, { transaction }) => {
        await transaction(serve(payment.orderId));
        if (twice) await transaction(serve(payment.orderId)).catch(() => undefined);
      },
    });
    const record = await paid(shop);
    expect(record.hookDeliveredAt).toBeNull();
    expect(shop.told('hookError')).toMatchObject([{ error: { code: 'ERR_ATIPAY_TRANSACTION' } }]);
    twice = false;
    await shop.sweepAfter(MINUTE);
    expect(await served(record.orderId)).toBe(1);
    expect((await shop.record(record.invoiceNumber)).dueAt).toBeNull();
  });

  test('work that outlives hookTimeoutMs is rolled back, and the next call serves the order', async () => {
    let hanging = true;
    const shop = await open({
      hookTimeoutMs: 1_000,
      onSuccess: (payment, { transaction }) =>
        transaction(async (trx) => {
          await serve(payment.orderId)(trx);
          if (hanging) await new Promise(() => undefined);
        }),
    });
    const record = await paid(shop);
    expect(record).toMatchObject({ hookAppliedAt: null, hookDeliveredAt: null });
    expect(await served(record.orderId)).toBe(0);
    hanging = false;
    // On a busy machine the next call may outlive its second as well.
    while ((await shop.record(record.invoiceNumber)).hookDeliveredAt === null) await shop.sweepAfter(HOUR);
    expect(await served(record.orderId)).toBe(1);
  });

  test('a transaction asked for after the hook timed out is refused', async () => {
    let late: Promise<boolean> | undefined;
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const shop = await open({
      hookTimeoutMs: 30,
      onSuccess: async (payment, { transaction, attempt }) => {
        if (attempt > 1) return;
        await gate;
        late = transaction(serve(payment.orderId));
        await late;
      },
    });
    const record = await paid(shop);
    goOn();
    while (!late) await new Promise(setImmediate);
    await expect(late).rejects.toMatchObject({ code: 'ERR_ATIPAY_TRANSACTION' });
    expect(await served(record.orderId)).toBe(0);
  });

  test('a hook that outlives its lease loses the payment to the next call, and the order is served once', async () => {
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const answers: string[] = [];
    let called = 0;
    const shop = await open({
      onSuccess: async (payment, { transaction, attempt }) => {
        called = attempt;
        if (attempt === 1) await gate;
        const answer = await transaction(serve(payment.orderId)).catch(
          (error: unknown) => (error as Error).message,
        );
        answers.push(`${attempt}: ${String(answer)}`);
      },
    });
    const order = anOrder();
    await db(orders).insert({ id: order.orderId });
    const record = await shop.started(order);
    const back = shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    await until(() => called === 1);
    await shop.sweepAfter(3 * MINUTE);
    goOn();
    await back;
    await until(() => answers.length === 2);
    expect(answers).toEqual(['2: true', expect.stringMatching(/^1: .*another process/)]);
    expect(await served(order.orderId)).toBe(1);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ hookDeliveredAt: shop.now, dueAt: null });
  });

  test('an onFailure that is slow to its transaction does not release an order that has a new payment by then', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const shop = await open({
      onFailure: async (payment, { transaction }) => {
        await gate;
        await transaction(serve(payment.orderId));
      },
    });
    const order = anOrder();
    await db(orders).insert({ id: order.orderId });
    const one = await shop.started(order);
    const back = shop.comesBack(one, { state: 'CanceledByUser', status: '1' });
    while ((await shop.record(one.invoiceNumber)).status !== 'failed') await new Promise(setImmediate);
    await shop.started(order);
    release();
    await back;
    expect(await served(order.orderId)).toBe(0);
    await shop.sweepAfter(MINUTE);
    expect(await served(order.orderId)).toBe(0);
    expect(await shop.record(one.invoiceNumber)).toMatchObject({ hookAppliedAt: null, dueAt: null });
  });

  test('onFailure and onReview have transactions for their outcome', async () => {
    const applied: [string, boolean][] = [];
    const shop = await open({
      onSuccess: async (payment, { transaction }) => {
        applied.push(['paid', await transaction(serve(payment.orderId))]);
      },
      onReview: async (payment, { transaction }) => {
        applied.push(['review', await transaction(serve(payment.orderId))]);
      },
    });
    const order = anOrder();
    await db(orders).insert({ id: order.orderId });
    const record = await shop.started(order);
    shop.gateway.replies['verify-payment'].push({ body: { amount: 1 } });
    await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    await shop.atipay.resolve(record.invoiceNumber, 'paid', 'Sara: the bank shows the rest');
    expect(applied).toEqual([
      ['review', true],
      ['paid', true],
    ]);
    expect(await served(order.orderId)).toBe(2);
  });
}

import { MemoryPaymentStore } from 'express-atipay';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { attention } from '../../lib/operator/attention';
import { explain } from '../../lib/operator/explain';
import { find, understand } from '../../lib/operator/find';
import { operatorOf, operatorOver } from '../../lib/operator/operator';
import { dayFigures, tally } from '../../lib/operator/today';
import { startOfDay } from '../../lib/operator/dates';
import { sqliteFile } from '../support/databases';
import { aMorning, type AnyStore, type Morning } from '../support/morning';
import { anOrder, MINUTE } from '../support/shop';

const file = sqliteFile();
beforeAll(() => createPaymentsTable(file.knex));
beforeEach(() => file.knex('atipay_payments').delete());
afterAll(() => file.remove());

const STORES: [name: string, open: () => AnyStore][] = [
  ['memory', () => new MemoryPaymentStore({ quiet: true })],
  ['SQLite', () => new KnexPaymentStore(file.knex)],
];

describe.each(STORES)('over a store in %s', (_name, open) => {
  let morning: Morning;
  beforeEach(async () => {
    morning = await aMorning(open());
  });
  const operator = () => operatorOf(morning.shop.atipay.context);

  test('finds a payment by any pasted text', async () => {
    const { paid } = morning.payments;
    const pasted = [
      paid.invoiceNumber,
      ` ${paid.invoiceNumber.slice(0, 10)} ${paid.invoiceNumber.slice(10)} `,
      'order-paid',
      '#order-paid',
      paid.referenceNumber ?? '',
      paid.traceNumber ?? '',
      (paid.rrn ?? '').replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'.charAt(Number(digit))),
      '+98 912 123 4567',
      '۶۰۳۷۹۹******۱۲۳۴',
      '1234',
      '12,450,000 Rials',
      '1245000 تومان',
    ];
    for (const text of pasted) {
      const { payments } = await find(operator(), text);
      expect([text, payments.map(({ invoiceNumber }) => invoiceNumber)]).toEqual([
        text,
        expect.arrayContaining([paid.invoiceNumber]),
      ]);
    }
    expect((await find(operator(), 'nothing of the kind')).payments).toEqual([]);
  });

  test('lists payments that need a person, and nothing else', async () => {
    const { items } = await attention(operator());
    expect(items.map((item) => [item.kind, 'payment' in item && item.payment.orderId])).toEqual([
      ['review', 'order-timed-out'],
      ['review', 'order-differs'],
      ['hook', 'order-undelivered'],
      ['overdue', 'order-verifying'],
      ['overdue', 'order-pending'],
    ]);
  });

  test('sees that no buyer comes back, and since when', async () => {
    const { shop } = morning;
    for (let count = 0; count < 6; count += 1) {
      shop.now += MINUTE;
      await shop.started();
    }
    shop.now += 11 * MINUTE;
    const [first] = (await attention(operator())).items;
    expect(first).toMatchObject({ kind: 'noCallbacks', count: 7 });
  });

  test('sees that AtiPay gives no token', async () => {
    const { shop } = morning;
    for (let count = 0; count < 5; count += 1) {
      shop.now += MINUTE;
      shop.gateway.replies['get-token'].push({ body: { errorCode: '-1', faMessage: 'نامعتبر' } });
      await expect(shop.atipay.start(anOrder())).rejects.toThrow();
    }
    const [first] = (await attention(operator())).items;
    expect(first).toMatchObject({ kind: 'noTokens', count: 5 });
  });

  test('sees that payments fail for one reason about the shop', async () => {
    const { shop } = morning;
    for (let count = 0; count < 5; count += 1) {
      shop.now += MINUTE;
      await shop.comesBack(await shop.started(), { state: 'TerminalNotFound', status: '12' });
    }
    const [first] = (await attention(operator())).items;
    expect(first).toMatchObject({ kind: 'shopFault', count: 5, reason: 'TerminalNotFound' });
  });

  test('counts a day, by the store or by reading the payments', async () => {
    const from = startOfDay(morning.shop.now);
    const figures = await dayFigures(operator(), from);
    expect(figures).toMatchObject({
      started: { count: 8 },
      confirmed: { count: 2, amount: 24_900_000 },
      begun: { failed: { count: 2, amount: 1_200_000 }, review: { count: 2 } },
      conversion: 0.25,
    });
    expect(figures.hours.map(({ count }) => count).indexOf(1)).toBe(13);
    expect(figures.reasons.map(({ reason }) => reason).sort()).toEqual([
      'AmountMismatch',
      'CanceledByUser',
      'VerificationRefused',
      'VerificationTimedOut',
    ]);
    const { store, account } = operator();
    const query = { account, by: 'begun', from, before: from + 86_400_000, everyMs: 3_600_000 } as const;
    const bare = { ...operator(), store: { search: store.search.bind(store) } as AnyStore };
    const order = (rows: Awaited<ReturnType<typeof tally>>): string[] =>
      rows.map((row) => JSON.stringify(row)).sort();
    expect(order(await tally(bare, query))).toEqual(order(await tally(operator(), query)));
  });
});

test.each([
  ['۰۹۱۲۱۲۳۴۵۶۷', 'cellNumber', '09121234567'],
  ['6037-9912-3456-1234', 'cardEnd', '1234'],
  ['…1234', 'cardEnd', '1234'],
  ['4 321', 'traceNumber', '4321'],
  ['1,000', 'amount', '10000'],
])('takes %s for a %s', (text, kind, value) => {
  expect(understand(text)).toContainEqual({ kind, value });
});

test('takes a bare number for an amount only beside a time', () => {
  const kinds = (timed: boolean): string[] => understand('500000', timed).map(({ kind }) => kind);
  expect(kinds(false)).not.toContain('amount');
  expect(kinds(true)).toContain('amount');
});

describe('where the money is', () => {
  const SENTENCES: [name: keyof Morning['payments'], en: RegExp, fa: RegExp, buyer: RegExp][] = [
    [
      'paid',
      /^The shop has the money: AtiPay confirmed 12,450,000 Rials/,
      /^پول به حساب فروشگاه آمده است/,
      /recorded\. Your trace number is \d{6}\.$/,
    ],
    ['cancelled', /^No money has reached the shop: the buyer cancelled/, /انصراف داد/, /pay again/],
    [
      'refused',
      /^Not with the shop: AtiPay did not confirm the receipt/,
      /تأیید نکرد/,
      /returned to your card/,
    ],
    [
      'differs',
      /^Probably with the shop, and not in the right amount/,
      /نه با مبلغ درست/,
      /do not pay again/,
    ],
    ['timedOut', /^Unknown: the buyer has paid .* asked 4 times/, /^نامشخص/, /do not pay again/],
    ['undelivered', /The shop does not know it yet: its hook was called once/, /هنوز خبر ندارد/, /arrived/],
    ['verifying', /^Waiting for AtiPay to confirm/, /^در انتظار تأیید آتی‌پی/, /do not pay again/],
    [
      'pending',
      /^No money has reached the shop: the buyer went to the bank/,
      /هنوز برنگشته است/,
      /not received/,
    ],
  ];

  test.each(SENTENCES)('of a payment that is %s', async (name, en, fa, buyer) => {
    const { payments, shop } = await aMorning();
    expect(explain(payments[name], 'en', shop.now).money).toMatch(en);
    expect(explain(payments[name], 'en', shop.now).buyer).toMatch(buyer);
    expect(explain(payments[name], 'fa', shop.now).money).toMatch(fa);
  });

  test('counts give-backs', async () => {
    const { payments, shop } = await aMorning();
    const { invoiceNumber } = payments.paid;
    await shop.atipay.giveBack(invoiceNumber, { amount: 450_000, reference: '1', by: 'Sara', text: 'x' });
    expect(explain(await shop.record(invoiceNumber), 'en', shop.now).money).toMatch(
      /Of it, 450,000 Rials .* given back\.$/,
    );
  });
});

test('a store without search is refused with the reason', () => {
  expect(() => operatorOver({ find: () => undefined } as never, 'default')).toThrow(/search/);
});

test('purge removes personal data, once, and keeps receipts and sums', async () => {
  const { shop, payments } = await aMorning();
  const before = shop.now + 1;
  const report = await shop.atipay.purge({ before, by: 'Sara' });
  expect(report).toEqual({ read: 4, purged: 3, kept: 1 });
  const { referenceNumber, amount, cellNumber, history } = await shop.record(payments.paid.invoiceNumber);
  expect({ referenceNumber, amount, cellNumber }).toEqual({
    referenceNumber: payments.paid.referenceNumber,
    amount: payments.paid.amount,
    cellNumber: null,
  });
  expect(history.at(-1)).toMatchObject({ event: 'purged', by: 'Sara' });
  expect(await shop.atipay.purge({ before })).toEqual({ read: 4, purged: 0, kept: 1 });
});

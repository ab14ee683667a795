import { list } from '../../lib/desk/list';
import { paymentsIn } from '../../lib/desk/payments';
import { show } from '../../lib/desk/show';
import { CHANGES } from '../../lib/stores/contract/fields';
import { Scene } from '../../lib/stores/contract/scene';
import type { HistoryEntry, PaymentRecord } from 'express-atipay';
import { createPaymentsTable } from 'express-atipay/stores/knex';
import { foldReceipt } from '../../lib/core/receipt';
import { openSqlite } from '../support/databases';

// 11:30 in Tehran.
const AT = Date.UTC(2026, 0, 1, 8);
const MINUTE = 60_000;

const knex = openSqlite(':memory:');
const payments = paymentsIn(knex);
const scene = new Scene(payments.store);
beforeAll(() => createPaymentsTable(knex));
afterEach(() => knex('atipay_payments').delete());
afterAll(() => knex.destroy());

const numbered = (invoiceNumber: string, patch: Partial<PaymentRecord>): Promise<PaymentRecord> =>
  scene.given({
    account: 'main',
    orderId: 'A-1',
    createdAt: AT,
    receiptKey: patch.referenceNumber == null ? null : foldReceipt(patch.referenceNumber),
    ...patch,
    invoiceNumber,
  });

const CREATED: HistoryEntry = {
  at: AT,
  status: 'created',
  event: 'created',
  data: { order: 'A-1', amount: 10_000 },
};

const full = (): Promise<PaymentRecord> =>
  numbered('1000000000000002', {
    ...CHANGES,
    failureReason: 'AmountMismatch',
    cellNumber: '09123456789',
    description: 'یک جفت\u202eکفش',
    createdAt: AT + MINUTE,
    receivedAt: AT + 2 * MINUTE,
    verifiedAt: AT + 3 * MINUTE,
    hookDeliveredAt: AT + 4 * MINUTE,
    dueAt: AT + 5 * MINUTE,
    nextVerifyAt: null,
    history: [
      CREATED,
      { at: AT + MINUTE - 1, status: 'pending', event: 'noted', by: 'Sara', data: { text: 'to the\nbank' } },
      {
        at: AT + 2 * MINUTE - 1,
        status: 'review',
        event: 'amountDiffers',
        data: { amount: 1, expected: 10_000 },
      },
    ],
  });

const page = async (key: string, account?: string): Promise<string[]> =>
  show(payments, key, account, false, AT + 10 * MINUTE);

test('a page holds the answer, the facts, the story and the other payments of the order', async () => {
  await numbered('1000000000000000', { status: 'failed', failureReason: 'CanceledByUser' });
  await numbered('1000000000000001', { status: 'failed' });
  await full();
  expect(await page('A-1')).toEqual([
    'Order A-1: Probably with the shop, and not in the right amount: for receipt GmshtyjwKSu/lKOLquYrzO9BqjUMb ' +
      'verify-payment answered 1 Rials instead of 10000; the order is not served. A person must decide. ' +
      'It is not asked about any more.',
    '',
    '  invoice          1000000000000002',
    '  account          main',
    '  status           review (AmountMismatch)',
    '  amount           10,000 Rials (1,000 Tomans)',
    '  receipt          GmshtyjwKSu/lKOLquYrzO9BqjUMb',
    '  trace number     104040',
    '  bank reference   12345678901',
    '  terminal         20000001',
    '  card             603799******1234',
    '  mobile           09123456789',
    '  description      یک جفت کفش',
    '  begun            2026-01-01 11:31:00 +03:30 (2026-01-01T08:01:00Z)',
    '  buyer came back  2026-01-01 11:32:00 +03:30 (2026-01-01T08:02:00Z)',
    '  confirmed        2026-01-01 11:33:00 +03:30 (2026-01-01T08:03:00Z)',
    '  asked            verify-payment 3 x',
    '  shop told        2026-01-01 11:34:00 +03:30 (2026-01-01T08:04:00Z)',
    '  due              2026-01-01 11:35:00 +03:30 (2026-01-01T08:05:00Z)',
    '',
    'What happened',
    '  2026-01-01 11:30:00 +03:30 (2026-01-01T08:00:00Z)  created  order A-1: 10000 Rials to pay',
    '  2026-01-01 11:30:59 +03:30 (2026-01-01T08:00:59Z)  pending  note by Sara: to the bank',
    '  60 s later',
    '  2026-01-01 11:31:59 +03:30 (2026-01-01T08:01:59Z)  review   verify-payment answered 1 Rials instead of 10000',
    '',
    'Other payments of the order',
    '  2026-01-01 11:30:00  1000000000000001  failed',
    '  2026-01-01 11:30:00  1000000000000000  failed (CanceledByUser)',
  ]);
});

test('what a payment does not have is not on its page', async () => {
  await numbered('1', { status: 'created', history: [CREATED] });
  expect((await page('A-1')).slice(1)).toEqual([
    '',
    '  invoice  1',
    '  account  main',
    '  status   created',
    '  amount   10,000 Rials (1,000 Tomans)',
    '  begun    2026-01-01 11:30:00 +03:30 (2026-01-01T08:00:00Z)',
    '',
    'What happened',
    '  2026-01-01 11:30:00 +03:30 (2026-01-01T08:00:00Z)  created  order A-1: 10000 Rials to pay',
  ]);
});

const TOLD = { status: 'paid', hookDeliveredAt: AT, verifiedAt: AT, referenceNumber: 'r' } as const;

test('an attempt that has not got the order names the one that has it, and no other', async () => {
  const lost = await numbered('1', { status: 'failed', failureReason: 'CanceledByUser' });
  await numbered('2', { status: 'pending' });
  expect((await page('1'))[0]).toMatch(/by itself\.$/);
  await numbered('3', { ...TOLD, orderKey: 'A-1' });
  expect((await page('1'))[0]).toMatch(/by itself\. Payment 3 of the same order is paid\.$/);
  expect((await page('3'))[0]).toMatch(/The shop was told at 2026-01-01 11:30:00\.$/);
  const [json = ''] = await show(payments, '1', undefined, true, AT);
  expect(JSON.parse(json)).toEqual([
    {
      answer:
        'Order A-1: No money has reached the shop: the buyer gave up at the bank. If the bank took any, it goes back ' +
        'to the buyer by itself. Payment 3 of the same order is paid.',
      payment: expect.objectContaining({
        invoiceNumber: lost.invoiceNumber,
        amountInRials: 10_000,
        history: [],
        givenBackInRials: 0,
        schedule: {
          receivedAt: null,
          dueAt: null,
          leaseUntil: null,
          nextVerifyAt: null,
          verifyAttempts: 0,
          shopRefusals: 0,
          nextHookAt: null,
          hookAttempts: 0,
          hookAppliedAt: null,
          hookDeliveredAt: null,
        },
      }) as object,
      others: [
        expect.objectContaining({ invoiceNumber: '3' }) as object,
        expect.objectContaining({ invoiceNumber: '2' }) as object,
      ],
    },
  ]);
  expect(json).toBe(JSON.stringify(JSON.parse(json), null, 2));
});

test('a number is an invoice before it is an order, and an order before it is a receipt', async () => {
  await numbered('7', { ...TOLD, orderId: 'by invoice', referenceNumber: 'x' });
  await numbered('8', { ...TOLD, orderId: '7', referenceNumber: 'y' });
  await numbered('9', { ...TOLD, orderId: 'by receipt', referenceNumber: '7' });
  const orders = async (key: string): Promise<string[]> =>
    (await page(key)).flatMap((line) => /^Order ([^:]+):/.exec(line)?.[1] ?? []);
  expect(await orders('7')).toEqual(['by invoice']);
  await knex('atipay_payments').where({ invoice_number: '7' }).delete();
  expect(await orders('7')).toEqual(['7']);
  await knex('atipay_payments').where({ invoice_number: '8' }).delete();
  expect(await orders('7')).toEqual(['by receipt']);
});

test('two accounts have a page each, one line apart; one account that is named has its own', async () => {
  await numbered('1', { ...TOLD, account: 'one' });
  await numbered('2', { ...TOLD, account: 'two', referenceNumber: 'r2' });
  const both = await page('A-1');
  const [one, two] = [await page('A-1', 'one'), await page('A-1', 'two')];
  expect(both).toEqual([...two, '', ...one]);
  expect(await page('r', 'one')).toEqual(one);
  expect(await page('1', 'one')).toEqual(one);
});

test.each([
  [undefined, 'No order, invoice or receipt no thing is known.'],
  ['main', 'No order, invoice or receipt no thing is known in account main.'],
])('what is not known in account %s is said to be so', async (account, message) => {
  await expect(page('no\nthing', account)).rejects.toMatchObject({ message, exitCode: 1 });
});

test('a hundred attempts of an order are read', async () => {
  for (let index = 0; index < 21; index++) await numbered(String(10 + index), { status: 'failed' });
  expect((await page('A-1')).slice(-20)).toHaveLength(20);
  expect((await page('A-1')).filter((line) => line.endsWith('failed'))).toHaveLength(21);
});

test('a list has a line for each payment', async () => {
  expect(await list(payments, { limit: 2 }, false)).toEqual(['No payments match.']);
  await numbered('1', { orderId: 'A\n1' });
  expect(await list(payments, { limit: 2 }, false)).toEqual([
    'begun                invoice  order  status   amount                       card  receipt  reason',
    '2026-01-01 11:30:00  1        A 1    pending  10,000 Rials (1,000 Tomans)  -     -        -',
  ]);
  await full();
  expect(await list(payments, { limit: 2 }, false)).toEqual([
    'begun                invoice           order  status   amount                       card              receipt                        reason',
    '2026-01-01 11:31:00  1000000000000002  A-1    review   10,000 Rials (1,000 Tomans)  603799******1234  GmshtyjwKSu/lKOLquYrzO9BqjUMb  AmountMismatch',
    '2026-01-01 11:30:00  1                 A 1    pending  10,000 Rials (1,000 Tomans)  -                 -                              -',
    'The newest 2; --limit shows more.',
  ]);
  const [json = ''] = await list(payments, { limit: 1 }, true);
  expect(JSON.parse(json)).toEqual([expect.objectContaining({ invoiceNumber: '1000000000000002' })]);
  expect(json).toBe(JSON.stringify(JSON.parse(json), null, 2));
});

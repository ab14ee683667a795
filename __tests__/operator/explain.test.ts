import type { HistoryEntry, HistoryEvent, PaymentRecord } from 'express-atipay';
import { explain, type Explanation } from '../../lib/operator/explain';
import { HOUR, MINUTE } from '../../lib/operator/dates';
import { aRecord, aVerifying, NOW } from '../support/record';

const entry = (event: HistoryEvent, details: Partial<HistoryEntry> = {}): HistoryEntry => ({
  ...{ at: NOW - MINUTE, status: 'review', event },
  ...details,
});
const bySara = entry('resolved', { by: 'Sara', data: { text: 'by phone' } });

const created = (): PaymentRecord => aRecord({ status: 'created' });
const received = (...history: HistoryEntry[]): PaymentRecord => aVerifying({ status: 'received', history });
const paid = (changes: Partial<PaymentRecord> = {}): PaymentRecord =>
  aRecord({
    ...{ status: 'paid', referenceNumber: 'Receipt/1', verifiedAt: NOW - 5 * MINUTE, dueAt: null },
    ...{ hookAttempts: 1, hookDeliveredAt: NOW - 4 * MINUTE },
    ...changes,
  });
const undelivered = (changes: Partial<PaymentRecord>): PaymentRecord =>
  paid({ hookDeliveredAt: null, ...changes });
const failed = (changes: Partial<PaymentRecord>): PaymentRecord =>
  aRecord({ status: 'failed', dueAt: null, ...changes });
const review = (changes: Partial<PaymentRecord>): PaymentRecord =>
  aRecord({ status: 'review', referenceNumber: 'Receipt/1', dueAt: null, verifyAttempts: 2, ...changes });

/** A payment, and the sentence on its money in English and in Persian. */
const MONEY: [of: string, record: PaymentRecord, en: string, fa: string][] = [
  ['one without a token', created(), 'AtiPay has not given a token yet', 'آتی‌پی هنوز توکن نداده'],
  [
    'one that is received',
    received(),
    'the shop has not asked for it yet. What is not asked for is refunded',
    'هنوز آن را مطالبه نکرده است. مبلغی که مطالبه نشود',
  ],
  [
    'one that waits for its order',
    received(entry('orderTaken')),
    'not asked for it yet: another payment holds the order. What',
    'مطالبه نکرده است: پرداخت دیگری برای این سفارش در جریان است. مبلغی',
  ],
  [
    'one that is asked about',
    aVerifying(),
    'asked once, not answered yet. It is asked again after 2026-01-01 11:32.',
    '۱ بار درخواست شده و هنوز پاسخی نیامده است. درخواست بعدی: پس از ۱۴۰۴/۱۰/۱۱ ۱۱:۳۲.',
  ],
  [
    'one that a person confirmed',
    paid({ verifiedAt: null, history: [bySara] }),
    '250,000 Rials (25,000 Tomans), confirmed manually at 2026-01-01 11:29 by Sara: by phone.',
    '۲۵۰٬۰۰۰ ریال (۲۵٬۰۰۰ تومان)، تأیید دستی در ۱۴۰۴/۱۰/۱۱ ۱۱:۲۹ توسط Sara: by phone.',
  ],
  [
    'one that is given back in part',
    paid({ givenBack: 50_000 }),
    'Of it, 50,000 Rials (5,000 Tomans) have been given back.',
    'از این مبلغ، ۵۰٬۰۰۰ ریال (۵٬۰۰۰ تومان) بازگردانده شده است.',
  ],
  [
    'one that is given back whole',
    paid({ givenBack: 250_000 }),
    'All of it has been given back: 250,000 Rials (25,000 Tomans).',
    'همه آن بازگردانده شده است: ۲۵۰٬۰۰۰ ریال (۲۵٬۰۰۰ تومان).',
  ],
  [
    'one whose hook is not called yet',
    undelivered({ hookAttempts: 0, dueAt: NOW + MINUTE }),
    'The shop does not know it yet. Its hook is called after 2026-01-01 11:31.',
    'سایت فروشگاه هنوز خبر ندارد. نوبت بعد: پس از ۱۴۰۴/۱۰/۱۱ ۱۱:۳۱.',
  ],
  [
    'one whose hook wrote and did not return',
    undelivered({ hookAttempts: 3, hookAppliedAt: NOW, dueAt: NOW - 3 * HOUR }),
    'called 3 times and has not returned (its transaction is done). It is called again with the next sweep (overdue for 3 h).',
    '۳ بار به آن اعلام شده و به نتیجه نرسیده است (تراکنش آن انجام شده است). نوبت بعد: در بازبینی دوره‌ای بعدی (۳ ساعت از موعد آن گذشته است).',
  ],
  [
    'one that a person failed',
    failed({ failureReason: 'ResolvedByHand', history: [bySara] }),
    'Not with the shop, decided manually by Sara: by phone.',
    'پول نزد فروشگاه نیست؛ تصمیم را Sara: by phone ثبت کرده است.',
  ],
  [
    'one that nobody named failed',
    failed({ failureReason: 'ResolvedByHand', history: [entry('resolved')] }),
    'Not with the shop, decided manually by the shop.',
    'پول نزد فروشگاه نیست؛ تصمیم را فروشگاه ثبت کرده است.',
  ],
  [
    'one that got no token',
    failed({ failureReason: 'TokenRefused' }),
    'No money has moved: AtiPay refused a token, so',
    'پولی جابه‌جا نشده است: آتی‌پی توکن نداد و',
  ],
  [
    'one that got no answer to its token',
    failed({ failureReason: 'GatewayUnavailable' }),
    'No money has moved: AtiPay gave no token, so',
    'پولی جابه‌جا نشده است: آتی‌پی پاسخی برای توکن نداد و',
  ],
  [
    'one that came back without a receipt',
    failed({ failureReason: 'SessionIsNull' }),
    'No money has reached the shop: the buyer ran out of time on the bank’s page.',
    'پولی به فروشگاه نرسیده است: مهلت خریدار در صفحه بانک تمام شد.',
  ],
  [
    'one that AtiPay refused without a word',
    failed({ failureReason: 'VerificationRefused', referenceNumber: 'Receipt/1' }),
    'AtiPay did not confirm the receipt (no reason stored).',
    'آتی‌پی رسید پرداخت را تأیید نکرد (دلیلی ثبت نشده است).',
  ],
  [
    'one that was not to be verified',
    failed({ failureReason: 'OrderNotPayable', referenceNumber: 'Receipt/1' }),
    'never verified (the shop said that the order was no longer payable), so AtiPay refunds it',
    'تأیید رسید آن درخواست نشده (به گفته فروشگاه سفارش دیگر قابل پرداخت نبود) و',
  ],
  [
    'one with an amount that is not stored',
    review({ failureReason: 'AmountMismatch' }),
    'not in the right amount: another amount than 250,000 Rials (25,000 Tomans).',
    'نه با مبلغ درست: مبلغی غیر از ۲۵۰٬۰۰۰ ریال (۲۵٬۰۰۰ تومان).',
  ],
  [
    'one that was refused after a silence',
    review({ failureReason: 'VerificationUnclear' }),
    'an earlier question went unanswered that may have taken 250,000 Rials (25,000 Tomans).',
    'درخواست قبلی بی‌پاسخ مانده بود و شاید ۲۵۰٬۰۰۰ ریال (۲۵٬۰۰۰ تومان) با همان برداشت شده باشد.',
  ],
  [
    'one that AtiPay is still asked about',
    review({ failureReason: 'VerificationTimedOut', dueAt: NOW + HOUR }),
    'Meanwhile AtiPay is asked hourly, next after 2026-01-01 12:30.',
    'تا آن زمان هر ساعت از آتی‌پی پرسیده می‌شود؛ بار بعد پس از ۱۴۰۴/۱۰/۱۱ ۱۲:۳۰.',
  ],
  [
    'one that AtiPay is not asked about any more',
    review({ failureReason: 'VerificationTimedOut' }),
    'A person must decide. It is not asked any more.',
    'باید یک نفر تصمیم بگیرد. دیگر از آتی‌پی پرسیده نمی‌شود.',
  ],
];

const said = (record: PaymentRecord, part: Exclude<keyof Explanation, 'situation'>): string[] =>
  (['en', 'fa'] as const).map((locale) => explain(record, locale, NOW)[part]);

test.each(MONEY)('staff read where the money is, of %s', (_of, record, en, fa) => {
  const [english, persian] = said(record, 'money');
  expect(english).toContain(en);
  expect(persian).toContain(fa);
  expect(english).not.toMatch(/[\u0600-\u06FF]/);
});

test('money that is given back whole is no longer said to be with the shop', () => {
  expect(said(paid(), 'money')[0]).toMatch(/^The shop has the money: /);
  expect(said(paid({ givenBack: 50_000 }), 'money')[0]).toMatch(/^The shop has the money: /);
  expect(said(paid({ givenBack: 250_000 }), 'money')[0]).toMatch(/^The shop had the money: /);
});

test('of a hook that nobody calls, staff read no time', () => {
  expect(said(undelivered({ hookAttempts: 0 }), 'money')).toEqual([
    expect.stringMatching(/The shop does not know it yet\.$/),
    expect.stringMatching(/سایت فروشگاه هنوز خبر ندارد\.$/),
  ]);
});

/** A payment, and the whole sentence for its buyer. */
const BUYER: [of: string, record: PaymentRecord, en: string, fa: string][] = [
  [
    'one without a token',
    created(),
    'We have not received a payment yet. Please start the payment again from your order.',
    'هنوز پرداختی دریافت نشده است. لطفاً از صفحه سفارش خود دوباره پرداخت را شروع کنید.',
  ],
  [
    'one that is paid, without a trace number',
    paid(),
    'Your payment is recorded.',
    'پرداخت شما ثبت شده است.',
  ],
  [
    'one that is paid, with a trace number',
    paid({ traceNumber: '812551' }),
    'Your payment is recorded. Your trace number is 812551.',
    'پرداخت شما ثبت شده است. شماره پیگیری شما 812551 است.',
  ],
  [
    'one that is given back in part',
    paid({ givenBack: 50_000 }),
    'Your payment is recorded, and we have given back 50,000 Rials (5,000 Tomans) of it.',
    'پرداخت شما ثبت شده و ۵۰٬۰۰۰ ریال (۵٬۰۰۰ تومان) از آن بازگردانده شده است.',
  ],
  [
    'one that is given back whole',
    paid({ givenBack: 250_000 }),
    'We have given your payment back: 250,000 Rials (25,000 Tomans).',
    'مبلغ پرداخت شما بازگردانده شده است: ۲۵۰٬۰۰۰ ریال (۲۵٬۰۰۰ تومان).',
  ],
  [
    'one that a person failed',
    failed({ failureReason: 'ResolvedByHand' }),
    'We checked this payment: it was not completed. If you were charged and the money has not come back, please tell us the invoice number.',
    'این پرداخت بررسی شد و انجام نشده است. اگر مبلغی از حساب شما کسر شده و بازنگشته است، شماره فاکتور را به ما اعلام کنید.',
  ],
  [
    'one that got no token',
    failed({ failureReason: 'TokenRefused' }),
    'The payment could not be started and you were not charged. Please pay again.',
    'پرداخت شروع نشد و مبلغی از حساب شما کسر نشده است. لطفاً دوباره پرداخت کنید.',
  ],
  [
    'one that was not to be verified',
    failed({ failureReason: 'OrderNotPayable', referenceNumber: 'Receipt/1' }),
    'This payment was not accepted. The money is returned to your card automatically.',
    'این پرداخت پذیرفته نشد. مبلغ آن به‌طور خودکار به کارت شما بازمی‌گردد.',
  ],
  [
    'one that was refused after a silence',
    review({ failureReason: 'VerificationUnclear' }),
    'We are checking your payment. Please do not pay again; we will call you.',
    'پرداخت شما در دست بررسی است. لطفاً دوباره پرداخت نکنید؛ با شما تماس می‌گیریم.',
  ],
];

test.each(BUYER)('a buyer is told, of %s', (_of, record, en, fa) => {
  expect(said(record, 'buyer')).toEqual([en, fa]);
});

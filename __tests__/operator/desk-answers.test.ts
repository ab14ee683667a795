import type express from 'express';
import { atipayDesk } from 'express-atipay/desk';
import { aDesk, formOf, read, SARA, type Headers } from '../support/desk-pages';
import { aMorning, type Morning } from '../support/morning';
import { openShop } from '../support/opened';
import { anOrder, type Shop } from '../support/shop';

/** The status of an answer, and its page. */
const answerOf = async (response: Response): Promise<[status: number, page: string]> => [
  response.status,
  await response.text(),
];
const LOOKER: Headers = { ...SARA, 'x-may': 'no' };
const FOREIGN: Headers = { ...SARA, 'sec-fetch-site': 'cross-site' };

describe('a shop on its first morning', () => {
  const aNewShop = (): Promise<Shop<unknown>> =>
    openShop<unknown>({}, (app, router) => {
      app.use('/payment', router);
      app.use('/desk', atipayDesk(router.atipay, { who: () => 'Sara' }));
    });

  test.each([
    ['/', 'Nothing needs you.'],
    ['/find', '<form'],
    ['/find?q=%20', '<form'],
    ['/payments', 'No payments match.'],
    ['/payments?order=۱', 'No payments match.'],
    ['/today', '<p>–</p>'],
  ])('shows %s', async (path, words) => {
    const shop = await aNewShop();
    expect(await answerOf(await shop.get(`/desk${path}`))).toEqual([200, expect.stringContaining(words)]);
  });

  test('has a desk on which everyone only looks, when permissions are left out', async () => {
    const shop = await aNewShop();
    const { invoiceNumber } = await shop.started();
    const [, page] = await answerOf(await shop.get(`/desk/payments/${invoiceNumber}`));
    expect(page).not.toContain('method="post"');
  });
});

describe('addresses that lead nowhere', () => {
  test('a payment that is not there, or of another account', async () => {
    const morning = await aDesk();
    expect((await morning.shop.get('/desk/payments/17000000000000000009', SARA)).status).toBe(404);
    const { shop, payments } = await aMorning(undefined, { account: 'second' }, (app, router) => {
      const { context } = router.atipay;
      const first = { context: { ...context, settings: { ...context.settings, account: 'first' } } };
      app.use('/payment', router);
      app.use('/desk', atipayDesk(first as typeof router.atipay, { who: () => 'Sara' }));
    });
    expect((await shop.get(`/desk/payments/${payments.paid.invoiceNumber}`)).status).toBe(404);
  });

  test('an act that the desk does not know', async () => {
    const morning = await aDesk();
    const { invoiceNumber } = morning.payments.paid;
    const form = new URLSearchParams({ token: 'x' });
    const path = `/desk/payments/${invoiceNumber}/refund`;
    expect((await morning.shop.post(path, form, SARA)).status).toBe(404);
  });
});

describe('a form', () => {
  const sent = async (
    morning: Morning,
    act: string,
    change: (form: URLSearchParams) => void | Promise<void>,
  ): Promise<[number, string]> => {
    const { invoiceNumber } = morning.payments.paid;
    const path = `/payments/${invoiceNumber}`;
    const form = formOf(await read(morning, path), act);
    await change(form);
    return answerOf(await morning.shop.post(`/desk${path}/${act}`, form, SARA));
  };

  test('of another kind of body has no token', async () => {
    const morning = await aDesk();
    const response = await fetch(
      `${morning.shop.origin}/desk/payments/${morning.payments.paid.invoiceNumber}/note`,
      { method: 'POST', body: '{"text":"x"}', headers: { ...SARA, 'content-type': 'application/json' } },
    );
    expect(await answerOf(response)).toEqual([403, expect.stringContaining('Nothing was done')]);
  });

  test('counts the first value of a field that comes twice', async () => {
    const morning = await aDesk();
    const [status] = await sent(morning, 'note', (form) => {
      form.append('text', 'first');
      form.append('text', 'second');
    });
    expect(status).toBe(303);
    const { history } = await morning.shop.record(morning.payments.paid.invoiceNumber);
    expect(history.at(-1)?.data).toEqual({ text: 'first' });
  });

  test.each([
    ['without an amount', {}],
    ['with a word for an amount', { amount: 'much', unit: 'IRR' }],
    ['with part of a Rial', { amount: '10.5', unit: 'IRR' }],
    ['without a unit', { amount: '1000' }],
  ])('for a give-back %s is refused, and nothing is stored', async (_what, fields: Headers) => {
    const morning = await aDesk();
    const [status] = await sent(morning, 'give-back', (form) => {
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
    });
    expect(status).toBe(400);
    expect((await morning.shop.record(morning.payments.paid.invoiceNumber)).givenBack).toBe(0);
  });

  test('that lost the race shows the last entry, where it names no entry that it has shown', async () => {
    const morning = await aDesk();
    const { invoiceNumber } = morning.payments.paid;
    const [status, page] = await sent(morning, 'note', async (form) => {
      form.set('text', 'x');
      form.delete('seen');
      form.delete('entries');
      await morning.shop.atipay.note(invoiceNumber, 'Reza', 'called back');
    });
    expect([status, page]).toEqual([409, expect.stringContaining('called back')]);
  });
});

describe('a token of AtiPay', () => {
  test('is asked for by a button that is shown to those who may', async () => {
    const morning = await aDesk();
    expect(await read(morning, '/doctor')).toContain('action="/desk/doctor"');
    expect(await read(morning, '/doctor', LOOKER)).not.toContain('action="/desk/doctor"');
  });

  test.each([
    ['a foreign site', FOREIGN],
    ['a person who may only look', LOOKER],
  ])('is not asked for by %s', async (_who, headers) => {
    const morning = await aDesk();
    const asked = morning.shop.gateway.calls.length;
    expect((await morning.shop.post('/desk/doctor', new URLSearchParams(), headers)).status).toBe(403);
    expect(morning.shop.gateway.calls).toHaveLength(asked);
  });
});

describe('behind a proxy', () => {
  const posted = async (trusting: boolean): Promise<[number, string]> => {
    const { shop } = await aMorning(undefined, {}, (app, router) => {
      app.set('trust proxy', trusting);
      app.use('/payment', router);
      app.use('/desk', atipayDesk(router, { who: () => 'Sara', may: () => false }));
    });
    const headers = { origin: 'https://shop.example', 'x-forwarded-host': 'shop.example' };
    return answerOf(await shop.post('/desk/doctor', new URLSearchParams(), headers));
  };

  test('a form of the address that the proxy names is the shop’s own, where the proxy is trusted', async () => {
    expect(await posted(true)).toEqual([403, expect.stringContaining('may not do this')]);
    expect(await posted(false)).toEqual([403, expect.stringContaining('Nothing was done')]);
  });
});

test('an export without its days is refused', async () => {
  const { shop } = await aDesk();
  expect((await shop.get('/desk/export', SARA)).status).toBe(422);
  expect((await shop.get('/desk/export?from=1405-09-07', SARA)).status).toBe(422);
});

test('an error that the desk does not know is Express’s to answer', async () => {
  const { shop } = await aMorning(undefined, {}, (app, router) => {
    app.use('/payment', router);
    app.use(
      '/desk',
      atipayDesk(router, {
        who: () => {
          throw new Error('no session');
        },
      }),
    );
    const answer: express.ErrorRequestHandler = (error: Error, _req, res, _next) =>
      void res.status(500).send(error.message);
    app.use(answer);
  });
  expect(await answerOf(await shop.get('/desk/'))).toEqual([500, 'no session']);
});

describe('a payment’s page', () => {
  test('leads to the payment that holds the order', async () => {
    const morning = await aDesk();
    const { shop, payments } = morning;
    const { orderId, amount, invoiceNumber } = payments.cancelled;
    const second = await shop.started(anOrder({ orderId, amount }));
    expect(await read(morning, `/payments/${invoiceNumber}`)).not.toContain('held by');
    await shop.comesBack(second, { referenceNumber: shop.gateway.receipt(second.invoiceNumber) });
    expect(await read(morning, `/payments/${invoiceNumber}`)).toContain(
      `href="/desk/payments/${second.invoiceNumber}"`,
    );
  });

  test('is in Persian as in English, with the other language beside it', async () => {
    const morning = await aDesk();
    const { invoiceNumber } = morning.payments.differs;
    const page = await read(morning, `/payments/${invoiceNumber}?lang=fa`);
    expect(page).toContain('سفارش order-differs پرداخت‌شده ثبت و انجام شود');
    expect(page).toContain('سفارش order-differs پرداخت‌نشده ثبت شود');
    expect(page).toContain('<div lang="en" dir="ltr">');
  });

  test('of a purge is in Persian, too', async () => {
    const morning = await aDesk();
    const page = await read(morning, '/purge?before=2026-11-29&lang=fa');
    expect(page).toContain('پاک کردن اطلاعات شخصی همه پرداخت‌های پیش از ۱۴۰۵/۰۹/۰۸');
  });
});

test('a purge without its fields is refused', async () => {
  const morning = await aDesk();
  expect((await morning.shop.post('/desk/purge', new URLSearchParams(), SARA)).status).toBe(403);
});

describe('reconcile', () => {
  const upload = async (
    { shop }: Morning,
    report: string,
    fields: Headers = {},
    headers = SARA,
  ): Promise<[number, string]> => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    body.set('report', new Blob([report]), 'report.csv');
    return answerOf(await fetch(`${shop.origin}/desk/reconcile`, { method: 'POST', body, headers }));
  };

  test('takes columns by their names, a unit and a period', async () => {
    const morning = await aDesk();
    const { rrn } = morning.payments.paid;
    const fields = { map: 'rrn=Ref، amount=Sum', unit: 'IRT', from: '1405-09-07', until: '1405-09-07' };
    const [status, page] = await upload(morning, `Ref,Sum\n${rrn},1245000\n`, fields);
    expect(status).toBe(200);
    expect(page).toContain('2026-11-28 – 2026-11-28');
    expect(page).toContain('rrn = Ref, amount = Sum');
    expect(page).toContain('Unit: Tomans');
  });

  test('shows reversals, lines without a day or a terminal, and that there are more', async () => {
    const morning = await aDesk();
    const unknown = Array.from({ length: 120 }, (_, index) => `7777777777${index + 10},500`);
    const [, page] = await upload(morning, `RRN,Amount (Rials)\n1,-500\n${unknown.join('\n')}\n`);
    expect(page).toMatch(/Reversals/i);
    expect(page).toContain('<th scope="row">–</th>');
    expect(page).toContain('download');
  });

  test('says which days it has compared', async () => {
    const morning = await aDesk();
    const [status, page] = await upload(morning, 'RRN,Amount (Rials)\n1,2\n', {
      from: '1404-01-01',
      until: '1404-01-01',
    });
    expect(status).toBe(200);
    expect(page).toContain('2025-03-21 – 2025-03-21');
  });

  test.each([
    [
      'columns that are not known',
      { map: 'sum' },
      '&quot;sum&quot;: It takes &lt;column&gt;=&lt;name in the report&gt;',
    ],
    [
      'a day that is none',
      { from: 'soon', until: '1405-09-07' },
      '&quot;soon&quot;: It takes a day such as 1405-09-07',
    ],
  ])('refuses %s beside the form', async (_what, fields: Headers, words) => {
    const morning = await aDesk();
    const answer = await upload(morning, 'RRN,Amount (Rials)\n1,2\n', fields);
    expect(answer).toEqual([422, expect.stringContaining(words)]);
  });

  test('takes no form of another site, and no other kind of body', async () => {
    const morning = await aDesk();
    expect((await upload(morning, 'RRN,Amount (Rials)\n1,2\n', {}, FOREIGN))[0]).toBe(403);
    const form = new URLSearchParams({ report: 'x' });
    expect(await answerOf(await morning.shop.post('/desk/reconcile', form, SARA))).toEqual([
      422,
      expect.stringContaining('It takes a form with a file (multipart/form-data)'),
    ]);
  });
});

test.each([
  ['fa', 'Sara', 'rtl', 'Sara بازگرداندن'],
  ['en', 'سارا', 'ltr', 'سارا recorded a give-back'],
])('a sentence in %s that begins with %s runs as its page does', async (lang, by, direction, words) => {
  const morning = await aDesk();
  const { invoiceNumber } = morning.payments.paid;
  await morning.shop.atipay.giveBack(invoiceNumber, {
    amount: 1_000,
    reference: 'TR-1',
    text: 'damaged',
    by,
  });
  const page = await read(morning, `/payments/${invoiceNumber}?lang=${lang}`);
  expect(page).toContain(`<bdi dir="${direction}">${words}`);
});

test('a day that cannot be read is refused in the person’s language, with the day', async () => {
  const morning = await aDesk();
  const path = '/desk/payments?from=soon&until=1405-09-07&lang=fa';
  expect(await answerOf(await morning.shop.get(path, SARA))).toEqual([
    422,
    expect.stringContaining('«soon»: یک روز مانند ۱۴۰۵/۰۹/۰۷'),
  ]);
});

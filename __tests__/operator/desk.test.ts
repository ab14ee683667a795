import { atipayDesk } from 'express-atipay/desk';
import { aDesk, formOf, read, REZA, SARA, type Headers } from '../support/desk-pages';
import type { Morning } from '../support/morning';

test('refuses to be made without who, and to show anything to a person without a name', async () => {
  const { shop } = await aDesk();
  expect(() => atipayDesk(shop.router, {} as never)).toThrow(/who is missing/);
  expect((await shop.get('/desk/', { 'x-who': ' ' })).status).toBe(403);
});

test.each(['/', '/find?q=order-paid1', '/payments', '/today?day=2026-11-28', '/reconcile', '/nowhere'])(
  'shows %s in both languages, under a strict policy and never cached',
  async (path) => {
    const { shop } = await aDesk();
    const [en, fa] = await Promise.all([
      shop.get(`/desk${path}`, SARA),
      shop.get(`/desk${path}${path.includes('?') ? '&' : '?'}lang=fa`, SARA),
    ]);
    expect(en.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'/);
    expect(en.headers.get('cache-control')).toBe('no-store');
    const [english, persian] = [await en.text(), await fa.text()];
    expect(english).toContain('<html lang="en" dir="ltr">');
    expect(persian).toContain('<html lang="fa" dir="rtl">');
    expect(english).not.toMatch(/ style=|<script|<style|https?:\/\/(?!127)/);
  },
);

test('lists payments that need a person, the payments to decide before those that are late', async () => {
  const morning = await aDesk();
  const page = await read(morning, '/');
  const order = ['order-timed-out', 'order-differs', 'order-undelivered', 'order-verifying', 'order-pending'];
  expect(order.map((name) => page.indexOf(name))).toEqual(
    order.map((name) => page.indexOf(name)).sort((a, b) => a - b),
  );
  expect(page).toContain('stock is undefined');
  expect(page).not.toContain(morning.payments.paid.returnKey);
});

test('goes straight to the only payment that fits the pasted text', async () => {
  const { shop, payments } = await aDesk();
  const response = await shop.get(`/desk/find?q=${encodeURIComponent(' ORDER ۱ ')}`, SARA);
  expect(response.status).toBe(200);
  const found = await shop.get(`/desk/find?q=${payments.paid.rrn}`, SARA);
  expect([found.status, found.headers.get('location')]).toEqual([
    303,
    `/desk/payments/${payments.paid.invoiceNumber}`,
  ]);
});

test('a payment’s page says where the money is, and shows neither key nor token', async () => {
  const morning = await aDesk();
  for (const payment of Object.values(morning.payments)) {
    const page = await read(morning, `/payments/${payment.invoiceNumber}`);
    expect(page).toContain('Tell the buyer');
    expect(page).not.toContain(payment.returnKey);
    expect(page).not.toContain(payment.token);
  }
});

describe('acts', () => {
  const act = async (
    morning: Morning,
    record: { invoiceNumber: string },
    name: string,
    fields: Headers,
    headers = SARA,
  ): Promise<Response> => {
    const path = `/payments/${record.invoiceNumber}`;
    const page = await read(morning, path, headers);
    return morning.shop.post(`/desk${path}/${name}`, formOf(page, name, fields), headers);
  };

  test('decide a review, with who and why, and the shop hears of it', async () => {
    const morning = await aDesk();
    const { differs } = morning.payments;
    const response = await act(morning, differs, 'resolve', { text: 'AtiPay said so by phone' });
    expect(response.status).toBe(303);
    const record = await morning.shop.record(differs.invoiceNumber);
    expect(record.status).toBe('paid');
    expect(record.history.find(({ event }) => event === 'resolved')).toMatchObject({
      by: 'Sara',
      data: { text: 'AtiPay said so by phone' },
    });
    expect(record.hookDeliveredAt).not.toBeNull();
    expect(await read(morning, response.headers.get('location')?.replace('/desk', '') ?? '')).toContain(
      'Done.',
    );
  });

  test('add notes, record give-backs up to the paid amount, and call a hook again', async () => {
    const morning = await aDesk();
    const { paid, undelivered } = morning.payments;
    const give = { amount: '۱٬۰۰۰', unit: 'IRT', reference: '88123', text: 'damaged' };
    expect((await act(morning, paid, 'note', { text: 'called back' })).status).toBe(303);
    expect((await act(morning, paid, 'give-back', give)).status).toBe(303);
    expect((await morning.shop.record(paid.invoiceNumber)).givenBack).toBe(10_000);
    const tooMuch = await act(morning, paid, 'give-back', { ...give, amount: '99999999999' });
    expect([tooMuch.status, await tooMuch.text()]).toEqual([409, expect.stringContaining('at most')]);
    const noUnit = await act(morning, paid, 'give-back', { ...give, unit: '' });
    expect(noUnit.status).toBe(400);
    expect((await act(morning, undelivered, 'retry', {})).status).toBe(303);
    expect((await morning.shop.record(undelivered.invoiceNumber)).hookDeliveredAt).not.toBeNull();
  });

  test('are refused to a person who may only look, and shown none', async () => {
    const morning = await aDesk();
    const { differs } = morning.payments;
    const looker = { ...SARA, 'x-may': 'no' };
    const path = `/payments/${differs.invoiceNumber}`;
    expect(await read(morning, path, looker)).not.toContain('method="post"');
    const form = formOf(await read(morning, path), 'resolve', { text: 'x' });
    const response = await morning.shop.post(`/desk${path}/resolve`, form, looker);
    expect([response.status, await response.text()]).toEqual([
      403,
      expect.stringContaining('may not do this'),
    ]);
    expect(await morning.shop.record(differs.invoiceNumber)).toEqual(differs);
  });

  test.each([
    ['a foreign site', { ...SARA, 'sec-fetch-site': 'cross-site' }, {}],
    [
      'an old browser on a foreign site',
      { 'x-who': 'Sara', 'x-may': 'yes', origin: 'https://evil.example' },
      {},
    ],
    ['a program that says nothing of its origin', { 'x-who': 'Sara', 'x-may': 'yes' }, {}],
    ['another person’s form', REZA, {}],
    ['a form without its token', SARA, { token: '' }],
    ['a form whose version was changed', SARA, { version: '1' }],
  ])('from %s are refused', async (_what, headers, changed: Headers) => {
    const morning = await aDesk();
    const { differs } = morning.payments;
    const path = `/payments/${differs.invoiceNumber}`;
    const form = formOf(await read(morning, path), 'resolve', { text: 'x' });
    for (const [name, value] of Object.entries(changed)) form.set(name, value);
    const response = await morning.shop.post(`/desk${path}/resolve`, form, headers);
    expect([response.status, await response.text()]).toEqual([
      403,
      expect.stringContaining('Nothing was done'),
    ]);
    expect(await morning.shop.record(differs.invoiceNumber)).toEqual(differs);
  });

  test('on a payment that another person has changed meanwhile show what happened, and do nothing', async () => {
    const morning = await aDesk();
    const { differs } = morning.payments;
    const path = `/payments/${differs.invoiceNumber}`;
    const [sara, reza] = await Promise.all([read(morning, path, SARA), read(morning, path, REZA)]);
    const first = await morning.shop.post(
      `/desk${path}/resolve`,
      formOf(reza, 'resolve', { text: 'the panel has no such receipt', outcome: 'failed' }),
      REZA,
    );
    expect(first.status).toBe(303);
    const before = await morning.shop.record(differs.invoiceNumber);
    const second = await morning.shop.post(
      `/desk${path}/resolve`,
      formOf(sara, 'resolve', { text: 'x' }),
      SARA,
    );
    expect(second.status).toBe(409);
    const page = await second.text();
    expect(page).toContain('Reza');
    expect(page).toContain('the panel has no such receipt');
    expect(page).not.toContain('buyer is back');
    expect(await morning.shop.record(differs.invoiceNumber)).toEqual(before);
  });

  test('of two people at the same moment, one is done and the other is refused with the reason', async () => {
    const morning = await aDesk();
    const { paid } = morning.payments;
    const path = `/payments/${paid.invoiceNumber}`;
    const [sara, reza] = await Promise.all([read(morning, path, SARA), read(morning, path, REZA)]);
    const give = { amount: '1000000', unit: 'IRR', reference: '1', text: 'x' };
    const answers = await Promise.all([
      morning.shop.post(`/desk${path}/give-back`, formOf(sara, 'give-back', give), SARA),
      morning.shop.post(`/desk${path}/give-back`, formOf(reza, 'give-back', give), REZA),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect((await morning.shop.record(paid.invoiceNumber)).givenBack).toBe(1_000_000);
  });

  test('are never done by GET', async () => {
    const { shop, payments } = await aDesk();
    const response = await shop.get(
      `/desk/payments/${payments.differs.invoiceNumber}/resolve?outcome=paid`,
      SARA,
    );
    expect(response.status).toBe(404);
  });
});

describe('old personal data', () => {
  const LATER = '/purge?before=2026-11-29';
  const purge = (morning: Morning, form: URLSearchParams, headers = SARA): Promise<Response> =>
    morning.shop.post('/desk/purge', form, headers);

  test('is removed from decided payments before a day, by whom the page shows', async () => {
    const morning = await aDesk();
    const { paid } = morning.payments;
    expect(await read(morning, '/payments')).toContain('href="/desk/purge"');
    expect(await read(morning, '/purge?before=2026-11-28')).toContain('No decided payment is older');
    const page = await read(morning, LATER);
    expect(page).toContain('order-refused');
    const done = await purge(morning, formOf(page, 'purge'));
    expect([done.status, await done.text()]).toEqual([
      200,
      expect.stringContaining('Personal data of 3 payments is removed; 4 were looked at. 1 keep it'),
    ]);
    const { cellNumber, amount, history } = await morning.shop.record(paid.invoiceNumber);
    expect([cellNumber, amount]).toEqual([null, paid.amount]);
    expect(history.at(-1)).toMatchObject({ event: 'purged', by: 'Sara' });
  });

  test.each([
    ['a foreign site', { ...SARA, 'sec-fetch-site': 'cross-site' }, {}],
    ['another person’s form', REZA, {}],
    ['a form without its token', SARA, { token: '' }],
    ['a person who may only look', { ...SARA, 'x-may': 'no' }, {}],
  ])('is kept on a form from %s', async (_what, headers, changed: Headers) => {
    const morning = await aDesk();
    const form = formOf(await read(morning, LATER), 'purge');
    for (const [name, value] of Object.entries(changed)) form.set(name, value);
    expect((await purge(morning, form, headers)).status).toBe(403);
    const { paid } = morning.payments;
    expect(await morning.shop.record(paid.invoiceNumber)).toEqual(paid);
  });

  test('is kept on the form of a page that is no longer true', async () => {
    const morning = await aDesk();
    const { paid, refused } = morning.payments;
    const form = formOf(await read(morning, LATER), 'purge');
    await morning.shop.atipay.note(refused.invoiceNumber, 'Reza', 'called back');
    expect((await purge(morning, form)).status).toBe(403);
    expect(await morning.shop.record(paid.invoiceNumber)).toEqual(paid);
  });

  test('is neither offered nor shown to a person who may only look', async () => {
    const morning = await aDesk();
    const looker = { ...SARA, 'x-may': 'no' };
    expect(await read(morning, '/payments', looker)).not.toContain('purge');
    expect((await morning.shop.get(`/desk${LATER}`, looker)).status).toBe(403);
  });
});

describe('reconcile', () => {
  const upload = (
    morning: Morning,
    report: string | Buffer,
    fields: Headers = {},
    query = '',
  ): Promise<Response> => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('report', new Blob([report]), 'report.csv');
    return fetch(`${morning.shop.origin}/desk/reconcile${query}`, {
      method: 'POST',
      body: form,
      headers: SARA,
    });
  };

  test('compares an uploaded report, and offers it as a file', async () => {
    const morning = await aDesk();
    const { paid, differs } = morning.payments;
    const report = `شماره مرجع,مبلغ (ریال),تاریخ,شماره ترمینال\n${paid.rrn},"12,450,000",1405/09/07,12345678\n${differs.rrn},900000,1405/09/07,12345678\n`;
    const page = await (await upload(morning, report)).text();
    expect(page).toContain('in review: the money is there');
    expect(page).toContain('order-undelivered');
    const file = await upload(morning, report, {}, '?download=csv');
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(await file.text()).toContain(`'${paid.invoiceNumber}`);
  });

  test('says what is wrong with a file, and changes nothing', async () => {
    const morning = await aDesk();
    const response = await upload(morning, 'RRN,Amount\n1,2\n');
    expect([response.status, await response.text()]).toEqual([
      422,
      expect.stringContaining('Rials or Tomans'),
    ]);
    const line = await upload(morning, 'RRN,Amount\n1,x\n', { unit: 'IRR' });
    expect(await line.text()).toContain('Line 2: &quot;x&quot; is not an amount.');
  });
});

test('exports the confirmed payments of a range', async () => {
  const { shop } = await aDesk();
  const response = await shop.get('/desk/export?from=1405-09-07&until=1405-09-07', SARA);
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="payments.csv"');
  expect((await response.text()).split('\r\n')).toHaveLength(4);
  expect((await shop.get('/desk/export?from=soon&until=1405-09-07', SARA)).status).toBe(422);
});

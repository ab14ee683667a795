import express from 'express';
import type { OrderInput, PaymentRecord } from 'express-atipay';
import request from 'supertest';
import { openShop } from '../support/opened';
import { anOrder, MINUTE, type Shop } from '../support/shop';

// Untrusted texts of orders, the gateway and the buyer's browser are shown and logged as text only.

const SCRIPT = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;
const HTML = { Accept: 'text/html' };

const path = (room: string, { invoiceNumber, returnKey }: PaymentRecord): string =>
  `/payment/${room}/${invoiceNumber}/${returnKey}`;

const hostileOrder = (): OrderInput => ({
  ...anOrder(),
  orderId: `id-${Math.random()}${SCRIPT}`.slice(0, 100),
  description: SCRIPT,
});

/** A callback whose every field is markup; the receipt is one that the gateway knows or not. */
const hostileFields = (referenceNumber: string): Record<string, string> => ({
  referenceNumber,
  traceNumber: '<b onclick=alert(1)>',
  terminalId: '<svg/onload=alert(1)>',
  rrn: '<script>alert(1)</script>',
  maskedPan: '"><script>alert(1)</script>',
});

describe('markup', () => {
  const expectText = (page: string): void => {
    expect(page).not.toMatch(/<script>alert|<img|<svg\/|<b |onerror=alert\(1\)>|<a [^>]*javascript:/);
  };

  test('in an order, a callback or a token is text on every page', async () => {
    const shop = await openShop({ getOrder: hostileOrder, onReview: undefined as never });
    shop.gateway.replies['get-token'].push({ body: { status: '1', token: SCRIPT } });
    const redirect = await shop.post('/payment/pay', '', HTML);
    const page = await redirect.text();
    expectText(page);
    expect(page).toContain('value="&quot;&#39;&gt;&lt;script&gt;');
    const endings: [Record<string, string>, string][] = [
      [{ state: 'OK' }, 'paid'],
      [{ state: 'Failed', status: '3' }, 'failed'],
      [{ state: '<script>alert(1)</script>', status: '3' }, 'pending'],
    ];
    for (const [fields, status] of endings) {
      const record = await shop.started(hostileOrder());
      const receipt = shop.gateway.receipt(record.invoiceNumber);
      await shop.comesBack(record, { ...hostileFields(receipt), ...fields });
      expect((await shop.record(record.invoiceNumber)).status).toBe(status);
      const result = await (await shop.get(path('result', record), HTML)).text();
      expectText(result);
      expect(result).toContain('&lt;script&gt;');
    }
  });

  test('in the gateway’s words reaches no buyer at all', async () => {
    const shop = await openShop();
    for (const errorDescription of [SCRIPT, '\r\nSet-Cookie: a=b']) {
      shop.gateway.replies['get-token'].push({ body: { errorCode: SCRIPT, errorDescription } });
      const answer = await shop.post('/payment/pay', '', HTML);
      expect(answer.status).toBe(502);
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(await answer.text()).not.toMatch(/alert|Set-Cookie/);
    }
  });

  test('of an order turns no text around: a direction override ends where it stands', async () => {
    const shop = await openShop();
    const description = '\u202egnp.exe';
    const record = await shop.started({ ...anOrder(), description });
    await shop.comesBack(record, { state: 'Failed', status: '3', maskedPan: '\u202e6037', rrn: 'ok' });
    const page = await (await shop.get(path('result', record), HTML)).text();
    expect(page).toContain(`<bdi>${description}</bdi>`);
    expect(page.replaceAll(`<bdi>${description}</bdi>`, '')).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });
});

/** Everything that could make two lines of one, or colour, turn around or flood an operator's log. */
const UNRULY = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

const HOSTILE = [
  'a\nb',
  'a\r\n[error] forged',
  'a\u001b[2J\u001b]0;x\u0007',
  'a\u0085b',
  'a\u2028b',
  'a\u2029b',
  'a\u202eb',
  'a\0b',
  'a\ud83d',
  'x'.repeat(10_000),
];

/** Every text within a value. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Error) return [value.message];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

async function hearEverything(shop: Shop): Promise<string[]> {
  const orders = new Set(
    shop.told('transition').map(({ payment }) => (payment as PaymentRecord).invoiceNumber),
  );
  const histories = await Promise.all([...orders].map((invoice) => shop.atipay.history(invoice)));
  return [...textsOf(shop.logs), ...textsOf(histories), ...textsOf(shop.events)];
}

describe('a line of the log or of a payment’s history', () => {
  test.each(HOSTILE)('stays one short line on any callback (%#)', async (text) => {
    const shop = await openShop({}, (app, router) => {
      app.use(express.json(), express.urlencoded({ extended: true }));
      app.use('/payment', router);
    });
    const names = ['state', 'status', 'referenceNumber', 'terminalId', 'traceNumber', 'rrn', 'maskedPan'];
    for (const name of names) {
      const record = await shop.started();
      const fields = {
        state: 'OK',
        reservationNumber: record.invoiceNumber,
        referenceNumber: 'r',
        [name]: text,
      };
      await request(shop.server).post(path('callback', record)).send(fields);
      await request(shop.server).post(path('callback', record)).type('form').send(fields);
    }
    const record = await shop.started();
    const guess = encodeURIComponent(Buffer.from(text).toString());
    await shop.comesBack({ ...record, invoiceNumber: guess }, {});
    await shop.comesBack({ ...record, returnKey: guess }, { reservationNumber: text });
    const heard = await hearEverything(shop);
    expect(heard.length).toBeGreaterThan(20);
    expect(heard.filter((line) => UNRULY.test(line) || line.length > 300)).toEqual([]);
  });

  test.each(HOSTILE)('stays one short line on any answer (%#)', async (text) => {
    const shop = await openShop();
    for (const body of [
      { errorCode: text, errorDescription: text },
      { status: text, faMessage: text },
      text,
    ]) {
      shop.gateway.replies['get-token'].push({ body });
      await shop.atipay.start(anOrder()).catch(() => undefined);
      shop.gateway.replies['verify-payment'].push({ body });
      const record = await shop.started();
      await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
      await shop.sweepAfter(MINUTE);
    }
    const heard = await hearEverything(shop);
    expect(heard.length).toBeGreaterThan(20);
    expect(heard.filter((line) => UNRULY.test(line) || line.length > 700)).toEqual([]);
  });

  test.each(HOSTILE)('stays one short line on any error of a hook (%#)', async (text) => {
    const shop = await openShop({ onSuccess: () => Promise.reject(new Error(text)) });
    const record = await shop.started();
    await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    const lines = textsOf(await shop.atipay.history(record.invoiceNumber));
    expect(lines.filter((line) => UNRULY.test(line) || line.length > 200)).toEqual([]);
  });
});

import type { PaymentRecord } from 'express-atipay';
import request from 'supertest';
import { openShop } from '../support/opened';
import { anOrder, type Shop } from '../support/shop';

const HTML = { Accept: 'text/html' };
const JSON_CLIENT = { Accept: 'application/json' };

const path = (room: string, { invoiceNumber, returnKey }: PaymentRecord): string =>
  `/payment/${room}/${invoiceNumber}/${returnKey}`;

interface Answers {
  pages: Response[];
  redirects: Response[];
  documents: Response[];
}

/** One answer of every kind the router has. */
/** More than a callback may have. */
const TOO_LARGE = new URLSearchParams({ x: 'x'.repeat(20_000) });

async function everyAnswer(shop: Shop): Promise<Answers> {
  const [pending, failed] = [await shop.started(), await shop.started()];
  const back = await shop.comesBack(failed, { state: 'Failed', status: '3' });
  const stranger = { ...pending, returnKey: failed.returnKey };
  const rooms = ['pay', 'result', 'callback'];
  const refused = async (headers: Record<string, string>): Promise<Response> => {
    shop.gateway.replies['get-token'].push({ body: { errorCode: '1' } });
    return shop.post('/payment/pay', '', headers);
  };
  return {
    pages: [
      await shop.post('/payment/pay', '', HTML),
      await shop.get('/payment/pay', HTML),
      await shop.get(path('pay', pending), HTML),
      await shop.get(path('result', pending), HTML),
      await shop.get(path('result', failed), HTML),
      await shop.post(path('callback', stranger), TOO_LARGE, HTML),
      await refused(HTML),
      ...(await Promise.all(rooms.map((room) => shop.get(path(room, stranger), HTML)))),
    ],
    redirects: [
      back,
      await shop.post(path('callback', pending), TOO_LARGE, HTML),
      await shop.get(path('pay', failed)),
      await shop.get(path('callback', failed)),
    ],
    documents: [
      await shop.post('/payment/pay', '', JSON_CLIENT),
      await shop.get('/payment/pay', JSON_CLIENT),
      await shop.get(path('result', failed), JSON_CLIENT),
      await refused(JSON_CLIENT),
      ...(await Promise.all(rooms.map((room) => shop.get(path(room, stranger), JSON_CLIENT)))),
    ],
  };
}

test('every page has a policy that allows nothing but itself, no frame, no sniffing, no cache and no search engine', async () => {
  const { pages } = await everyAnswer(await openShop());
  expect(pages.map(({ status }) => status).sort()).toEqual([
    200, 200, 200, 200, 404, 404, 404, 405, 413, 502,
  ]);
  for (const { headers } of pages) {
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('referrer-policy')).toMatch(/^(no-referrer|origin)$/);
  }
});

test('every redirect and every document for a program is neither cached nor sniffed', async () => {
  const { redirects, documents } = await everyAnswer(await openShop());
  expect(redirects.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
  for (const { headers } of redirects) expect(headers.get('referrer-policy')).toBe('no-referrer');
  for (const { headers } of documents)
    expect(headers.get('content-type')).toMatch(/^application\/(problem\+)?json/);
  for (const { headers } of [...redirects, ...documents]) {
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('the page that holds the return key in its address gives the address to no other site', async () => {
  const shop = await openShop({ resultUrl: 'https://elsewhere.example/' });
  const record = await shop.started();
  const result = await shop.get(path('result', record), HTML);
  expect(result.headers.get('referrer-policy')).toBe('no-referrer');
  expect(await result.text()).not.toContain(record.returnKey);
  // The bank may ask for a referrer; it gets the origin and no path.
  const pay = await shop.get(path('pay', record), HTML);
  expect(pay.headers.get('referrer-policy')).toBe('origin');
  expect(await pay.text()).not.toContain(record.returnKey);
});

describe('addresses', () => {
  const FORGED = {
    Host: 'evil.example',
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'gopher',
    'X-Forwarded-Prefix': '/evil',
    Forwarded: 'host=evil.example',
    'X-Original-URL': '/evil',
    Referer: 'https://evil.example/',
    Origin: 'https://evil.example',
  };

  test('come from publicUrl alone, for any host that a request claims, behind a trusted proxy too', async () => {
    const shop = await openShop({ publicUrl: 'https://shop.example/payment' }, (app, router) => {
      app.set('trust proxy', true);
      app.use('/payment', router);
    });
    const record = await shop.started(anOrder());
    const answers = [
      await request(shop.server)
        .post('/payment/pay')
        .set({ ...FORGED, ...JSON_CLIENT }),
      await request(shop.server)
        .post('/payment/pay')
        .set({ ...FORGED, ...HTML }),
      await request(shop.server)
        .get(path('result', record))
        .set({ ...FORGED, ...HTML }),
      await request(shop.server).get(path('callback', record)).set(FORGED),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 303]);
    for (const { headers, text } of answers)
      expect(JSON.stringify([headers, text])).not.toMatch(/evil|gopher/);
    const asked = shop.gateway.asked('get-token').map(({ body }) => String(body['redirectUrl']));
    expect(asked).toHaveLength(3);
    for (const url of asked) expect(url).toMatch(/^https:\/\/shop\.example\/payment\/callback\/\d{20}\//);
  });

  const TARGETS = ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'];

  test('take no target from a request: no parameter makes an open redirect', async () => {
    const shop = await openShop({ resultUrl: '/orders' });
    const record = await shop.started();
    await shop.comesBack(record, { state: 'Failed', status: '3' });
    const names = [
      'url',
      'next',
      'redirect',
      'returnUrl',
      'resultUrl',
      'retryUrl',
      'continueUrl',
      'unconfirmed',
    ];
    for (const target of TARGETS) {
      const query = new URLSearchParams(names.map((name): [string, string] => [name, target]));
      for (const room of ['pay', 'callback', 'result']) {
        const answer = await shop.get(`${path(room, record)}?${query.toString()}`, HTML);
        const whole = JSON.stringify([[...answer.headers], await answer.text()]);
        expect(whole).not.toContain(target);
        expect(whole).not.toContain('evil.example');
      }
    }
  });

  test.each([
    ['a line break and a header', '/orders\r\nSet-Cookie: session=stolen'],
    ['an encoded line break that is none', '/orders%0d%0aSet-Cookie:%20session=stolen'],
    ['code', 'javascript:alert(1)'],
    ['code in capitals behind a blank', ' JavaScript:alert(1)'],
    ['another host without a scheme', '//evil.example'],
    ['another host behind a backslash', '/\\evil.example'],
    ['markup', '/orders"><script>alert(1)</script>'],
    ['a document of its own', 'data:text/html,<script>alert(1)</script>'],
    ['what is no text', 5 as never],
  ])('of a shop’s resultUrl lead to no code, no header and no other host: %s', async (_what, resultUrl) => {
    const shop = await openShop({ resultUrl: () => resultUrl });
    const record = await shop.started();
    await shop.comesBack(record, { state: 'Failed', status: '3' });
    const answer = await shop.get(path('result', record), HTML);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(page).not.toMatch(/<script>alert|(url=|href=")\s*(javascript|data|\/\/|\/\\)/i);
  });
});

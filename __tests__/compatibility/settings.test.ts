import type { Express } from 'express';
import request from 'supertest';
import { texts } from '../../lib/texts';
import {
  addressOf,
  begun,
  HTML,
  JSON_PLEASE,
  newOrderId,
  openSurrounded,
  takeWholePayment,
} from '../support/surrounded';

const set = (name: string, value: unknown) => (app: Express) => void app.set(name, value);

const PARSERS: [string, unknown][] = [
  ['false', false],
  ["'simple'", 'simple'],
  ["'extended'", 'extended'],
  ['a function that answers URLSearchParams', (text: string) => new URLSearchParams(text)],
  ['a function that answers nothing', () => undefined],
];

test.each<[string, (app: Express) => void]>([
  ['strict routing', set('strict routing', true)],
  ['case sensitive routing', set('case sensitive routing', true)],
  ['x-powered-by disabled', (app) => void app.disable('x-powered-by')],
  ['etag false', set('etag', false)],
  ['etag strong', set('etag', 'strong')],
  ['a view engine', (app) => void app.set('view engine', 'ejs').set('views', __dirname)],
  ['json spaces', set('json spaces', 2)],
  ['env production', set('env', 'production')],
  ...PARSERS.map(([name, parser]): [string, (app: Express) => void] => [
    `query parser ${name}`,
    set('query parser', parser),
  ]),
])('%s: pays', async (_name, configure) => {
  const scene = await openSurrounded((app, router) => {
    configure(app);
    app.use('/payment', router);
  });
  await takeWholePayment(scene);
});

test.each(PARSERS)(
  'query parser %s: a buyer whose callback is not believed sees that',
  async (_name, parser) => {
    const scene = await openSurrounded((app, router) =>
      app.set('query parser', parser).use('/payment', router),
    );
    const record = await begun(scene);
    const back = await scene.shop.comesBack(record, { referenceNumber: undefined });
    const page = await fetch(back.headers.get('Location') ?? '', { headers: HTML });
    expect(await page.text()).toContain(texts('en').unconfirmed.title);
  },
);

describe('trust proxy', () => {
  const FORGED = {
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-For': '203.0.113.7',
    Forwarded: 'host=evil.example;proto=https',
    Host: 'evil.example',
  };

  test.each<[string, unknown]>([
    ['true', true],
    ['1', 1],
    ['a list', ['loopback', '10.0.0.0/8']],
    ['false', false],
  ])('%s: pays, and a forged host appears nowhere', async (_name, trust) => {
    const scene = await openSurrounded((app, router) =>
      app.set('trust proxy', trust).use('/payment', router),
    );
    const answer = await scene.shop.post('/payment/pay', new URLSearchParams({ orderId: newOrderId() }), {
      ...JSON_PLEASE,
      ...FORGED,
    });
    const { url, resultUrl } = (await answer.json()) as { url: string; resultUrl: string };
    expect([url, resultUrl].map((address) => new URL(address).origin)).toEqual([
      scene.shop.origin,
      scene.shop.origin,
    ]);
    const { visit } = await takeWholePayment(scene, { headers: FORGED });
    expect(visit.redirectUrl.startsWith(`${scene.shop.origin}/`)).toBe(true);
  });
});

test('etag: a page that must not be cached has none, and is always answered whole', async () => {
  const scene = await openSurrounded((app, router) => app.set('etag', 'strong').use('/payment', router));
  const record = await begun(scene);
  await scene.simulator.pay(addressOf(scene, 'pay', record));
  const { pathname } = new URL(addressOf(scene, 'result', record));
  const answer = await request(scene.shop.server)
    .get(pathname)
    .set({ ...HTML, 'If-None-Match': '*' })
    .expect(200);
  expect(answer.headers).not.toHaveProperty('etag');
  expect(answer.headers['cache-control']).toContain('no-store');
  expect(answer.text).toContain(texts('en').outcome.paid.title);
});

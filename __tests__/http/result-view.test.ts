import type { AtipayConfig, ErrorView, PaymentRecord, ResultView } from 'express-atipay';
import { closing, openShop } from '../support/opened';
import { held } from '../support/scripted-gateway';
import type { Shop } from '../support/shop';

/** A shop with a custom result page, and the arguments of that page. */
async function openSeeing(config: Partial<AtipayConfig> = {}): Promise<{ shop: Shop; views: ResultView[] }> {
  const views: ResultView[] = [];
  const result = (view: ResultView): string => {
    views.push(view);
    return '';
  };
  return { shop: await openShop({ pages: { result }, ...config }), views };
}

const look = (shop: Shop, { invoiceNumber, returnKey }: PaymentRecord, query = ''): Promise<Response> =>
  shop.get(`/payment/result/${invoiceNumber}/${returnKey}${query}`, { Accept: 'text/html' });

/** A payment whose token does not come before the test is over. */
async function created(shop: Shop): Promise<PaymentRecord> {
  const { reply, release } = held({ body: { status: '1', token: 'T' } });
  closing({
    close: () => {
      release();
      return Promise.resolve();
    },
  });
  shop.gateway.replies['get-token'].push(reply);
  void shop.started().catch(() => undefined);
  while (shop.gateway.asked('get-token').length === 0) await new Promise(setImmediate);
  return shop.record(String(shop.gateway.calls[0]?.body['invoiceNumber']));
}

async function returned(shop: Shop, amount: number): Promise<PaymentRecord> {
  const record = await shop.started();
  shop.gateway.replies['verify-payment'].push({ body: { amount } });
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  return record;
}

async function failed(shop: Shop): Promise<PaymentRecord> {
  const record = await shop.started();
  await shop.comesBack(record, { state: 'Failed', status: '3' });
  return record;
}

type Lead = (shop: Shop) => Promise<PaymentRecord>;

const PENDING: Lead = (shop) => shop.started();
const VERIFYING: Lead = async (shop) => (await shop.unanswered()).record;

describe('a result page of the shop', () => {
  test.each<[status: string, lead: Lead, seconds: number | undefined, beforeMovingOn: number | undefined]>([
    ['created', created, 3, undefined],
    ['pending', PENDING, 3, undefined],
    ['verifying', VERIFYING, 3, 2],
    ['paid', (shop) => returned(shop, 25_000), undefined, undefined],
    ['review', (shop) => returned(shop, 1), undefined, undefined],
    ['failed', failed, undefined, undefined],
  ])(
    'is given a payment that is %s, the shop’s address, and after how long to look again',
    async (status, lead, seconds, beforeMovingOn) => {
      for (const resultUrl of [undefined, '/orders']) {
        const { shop, views } = await openSeeing({ resultUrl });
        const record = await lead(shop);
        await look(shop, record);
        const payment = await shop.atipay.find(record.invoiceNumber);
        expect(payment).toMatchObject({ status });
        expect(views).toMatchObject([
          {
            payment,
            locale: 'en',
            shop: { url: resultUrl ?? `${shop.origin}/` },
            now: shop.now,
          },
        ]);
        expect(views.map((view) => [view.continueUrl, view.refreshSeconds, view.retryUrl])).toEqual([
          [resultUrl, resultUrl === undefined ? seconds : beforeMovingOn, undefined],
        ]);
        expect(shop.logs.filter(({ message }) => message.includes('resultUrl'))).toEqual([]);
      }
    },
  );

  test.each<[status: string, lead: Lead, unconfirmed: true | undefined, seconds: number | undefined]>([
    ['created', created, true, undefined],
    ['pending', PENDING, true, undefined],
    ['verifying', VERIFYING, undefined, 3],
    ['paid', (shop) => returned(shop, 25_000), undefined, undefined],
  ])(
    'hears of an incomplete answer of the gateway’s only as long as nothing else has come: %s',
    async (_status, lead, unconfirmed, refreshSeconds) => {
      const { shop, views } = await openSeeing();
      await look(shop, await lead(shop), '?unconfirmed');
      expect(views.map((view) => [view.unconfirmed, view.refreshSeconds])).toEqual([
        [unconfirmed, refreshSeconds],
      ]);
    },
  );

  test('is given the shop as its options name it', async () => {
    const named = { name: 'Shoes', url: '/shops/north', logo: '/logo.png', phone: '021 8877' };
    const { shop, views } = await openSeeing({ shop: named });
    await look(shop, await shop.started());
    expect(views.map((view) => view.shop)).toEqual([named]);
  });

  test('gets the address of another try for its payment', async () => {
    const { shop, views } = await openSeeing({ retryUrl: ({ orderId }) => `/cart/${orderId}` });
    const record = await failed(shop);
    await look(shop, record);
    expect(views.map((view) => view.retryUrl)).toEqual([`/cart/${record.orderId}`]);
  });

  test.each<[what: string, retryUrl: () => string]>([
    [
      'throws',
      () => {
        throw new Error('no cart');
      },
    ],
    ['is no address', () => 'javascript:alert(1)'],
  ])('is given none when retryUrl %s, and the log says so', async (_what, retryUrl) => {
    const { shop, views } = await openSeeing({ retryUrl });
    await look(shop, await failed(shop));
    expect(views.map((view) => view.retryUrl)).toEqual([undefined]);
    expect(shop.logs.map(({ level, message }) => [level, message])).toContainEqual([
      'error',
      'retryUrl threw; the page leads back to the shop only.',
    ]);
  });

  test('gets the time of the decision, also long after', async () => {
    for (const lead of [(shop: Shop) => returned(shop, 25_000), (shop: Shop) => returned(shop, 1), failed]) {
      const { shop, views } = await openSeeing();
      const begun = await shop.started();
      expect(begun.createdAt).toBe(shop.now);
      shop.now += 60_000;
      const decided = shop.now;
      const record = await lead(shop);
      shop.now += 3_600_000;
      await shop.atipay.note(record.invoiceNumber, 'Ann', 'The buyer has called.');
      await look(shop, record);
      expect(views.map(({ at, now }) => [at, now])).toEqual([[decided, shop.now]]);
    }
  });

  test.each<[status: string, lead: Lead, minutes: number | undefined]>([
    ['pending', PENDING, 60],
    ['verifying', VERIFYING, 30],
    ['review', (shop) => returned(shop, 1), 30 + 24 * 60],
    ['paid', (shop) => returned(shop, 25_000), undefined],
    ['failed', failed, undefined],
  ])('gets the time until which a payment that is %s can change', async (_status, lead, minutes) => {
    const { shop, views } = await openSeeing();
    const record = await lead(shop);
    await look(shop, record);
    const until = minutes === undefined ? undefined : shop.now + minutes * 60_000;
    expect(views.map((view) => view.until)).toEqual([until]);
  });
});

describe('the way back to the bank', () => {
  test.each<[status: string, lead: Lead, payable: boolean]>([
    ['created', created, false],
    ['pending', PENDING, true],
    ['verifying', VERIFYING, false],
    ['paid', (shop) => returned(shop, 25_000), false],
    ['failed', failed, false],
  ])('is open while the payment can be made: %s', async (_status, lead, payable) => {
    const { shop, views } = await openSeeing();
    const record = await lead(shop);
    await look(shop, record);
    expect(views.map((view) => view.payUrl)).toEqual([payable ? '?pay' : undefined]);
    const answer = await look(shop, record, '?pay');
    expect([answer.status, answer.headers.get('location')]).toEqual(
      payable ? [303, `${shop.origin}/payment/pay/${record.invoiceNumber}/${record.returnKey}`] : [200, null],
    );
  });
});

describe('an error page of the shop', () => {
  /** A shop whose gateway gives no token, and the arguments of its error page. */
  async function openFailing(config: Partial<AtipayConfig>): Promise<ErrorView[]> {
    const views: ErrorView[] = [];
    const error = (view: ErrorView): string => {
      views.push(view);
      return '';
    };
    const shop = await openShop({ pages: { error }, ...config });
    shop.gateway.replies['get-token'].push('reset');
    await shop.post('/payment/pay', 'orderId=1', { Accept: 'text/html' });
    await shop.get('/payment/result/1/1', { Accept: 'text/html' });
    return views;
  }

  test('is given the shop, and the address of another try where that can help', async () => {
    const named = { name: 'Shoes', url: '/shops/north' };
    const views = await openFailing({ shop: named, retryUrl: '/cart' });
    expect(views).toEqual([
      { kind: 'gatewayUnavailable', locale: 'en', shop: named, retryUrl: '/cart' },
      { kind: 'notFound', locale: 'en', shop: named },
    ]);
  });

  test('is not given an address that needs a payment', async () => {
    const views = await openFailing({ retryUrl: ({ orderId }) => `/cart/${orderId}` });
    expect(views.map(({ retryUrl }) => retryUrl)).toEqual([undefined, undefined]);
  });
});

test('an old payment link whose new attempt fails leads to the same page once more', async () => {
  const shop = await openShop();
  const record = await shop.started();
  shop.gateway.replies['get-token'].push('reset', 'reset');
  const path = `/payment/pay/${record.invoiceNumber}/${record.returnKey}`;
  const page = await (await shop.post(path, '', { Accept: 'text/html' })).text();
  expect(page).toContain('href="?">Try again</a>');
  expect(page).not.toContain(record.returnKey);
});

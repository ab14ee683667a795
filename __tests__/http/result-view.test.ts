import type { AtipayConfig, PaymentRecord, ResultView } from 'express-atipay';
import { openShop } from '../support/opened';
import { held } from '../support/scripted-gateway';
import type { Shop } from '../support/shop';

/** A shop with a result page of its own, and what that page is given. */
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

async function created(shop: Shop): Promise<PaymentRecord> {
  const { reply } = held('silence');
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

describe('a result page of the shop’s own', () => {
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
        expect(views).toEqual([
          {
            payment,
            locale: 'en',
            retryUrl: `${shop.origin}/`,
            continueUrl: resultUrl,
            refreshSeconds: resultUrl === undefined ? seconds : beforeMovingOn,
          },
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
});

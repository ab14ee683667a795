import { inspect } from 'node:util';
import type { AtipayEvents, PaymentRecord } from 'express-atipay';
import type { Reply } from './scripted-gateway';
import { anOrder, API_KEY, MINUTE, Shop } from './shop';

// A separate process: takes payments while the gateway fails in every way there is, and prints all that a shop could
// print. The caller searches the output for the key.

const WAYS: Reply[] = [
  { body: { status: '0', errorCode: '-7', errorDescription: `apiKey ${API_KEY} is not known` } },
  { status: 400, body: { faMessage: `کلید ${API_KEY} نامعتبر است` } },
  { body: { errorCode: API_KEY, message: API_KEY } },
  { body: { amount: -1, status: API_KEY } },
  { body: { amount: 1 } },
  { body: { amount: API_KEY } },
  { status: 500, type: 'text/html', body: `<pre>${API_KEY}</pre>` },
  { status: 403, body: { apiKey: API_KEY } },
  { status: 302, body: API_KEY },
  { body: '' },
  { body: `{"amount": 25000, "apiKey": "${API_KEY}` },
  'reset',
  'silence',
];

const EVENTS: (keyof AtipayEvents)[] = [
  'transition',
  'replay',
  'forged',
  'late',
  'gatewayError',
  'hookError',
  'review',
];

const show = (what: unknown): void => {
  console.log(inspect(what, { depth: 12, showHidden: true, getters: true }));
  console.log(JSON.stringify(what));
};

async function showPages(shop: Shop, invoiceNumber: string): Promise<void> {
  const { returnKey } = await shop.record(invoiceNumber);
  for (const room of ['pay', 'result', 'callback']) {
    for (const Accept of ['text/html', 'application/json']) {
      const response = await shop.get(`/payment/${room}/${invoiceNumber}/${returnKey}`, { Accept });
      show([response.status, [...response.headers], await response.text()]);
    }
  }
}

async function refuseTokens(shop: Shop, way: Reply): Promise<void> {
  shop.gateway.replies['get-token'].push(way, way, way);
  await shop.atipay.start(anOrder()).catch(show);
  for (const Accept of ['text/html', 'application/json']) {
    const response = await shop.post('/payment/pay', '', { Accept });
    show([response.status, [...response.headers], await response.text()]);
  }
  // On a busy machine a call may time out before the gateway has taken its answer.
  shop.gateway.replies['get-token'].length = 0;
}

/** Begins a payment. On a busy machine the token may come too late: then the next one is tried. */
async function begun(begin: () => Promise<PaymentRecord>): Promise<PaymentRecord> {
  for (;;) {
    try {
      return await begin();
    } catch (error) {
      show(error);
    }
  }
}

async function failToVerify(shop: Shop, way: Reply, silentBefore: boolean): Promise<void> {
  const record = await begun(async () => (silentBefore ? (await shop.unanswered()).record : shop.started()));
  shop.gateway.replies['verify-payment'].push(way, way, way);
  if (silentBefore) await shop.sweepAfter(MINUTE);
  else await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  await shop.sweepAfter(60 * MINUTE);
  show(await shop.atipay.find(record.invoiceNumber));
  show(await shop.atipay.history(record.invoiceNumber));
  await showPages(shop, record.invoiceNumber);
  shop.gateway.replies['verify-payment'].length = 0;
}

async function main(): Promise<void> {
  const shop = await Shop.open({
    http: { timeout: 200 },
    // The default logger: the output of a shop without a logger.
    logger: undefined,
    onReview: () => Promise.reject(new Error('pager is away')),
  });
  for (const name of EVENTS) shop.atipay.events.on(name, show);
  for (const way of WAYS) {
    await refuseTokens(shop, way);
    await failToVerify(shop, way, false);
    await failToVerify(shop, way, true);
  }
  show(shop.router);
  show(shop.atipay);
  show(shop.atipay.client);
  await shop.close();
  console.log('CANARY RUN COMPLETE');
}

void main();

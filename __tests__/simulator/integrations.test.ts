import { request as httpRequest } from 'node:http';
import { startSimulator, type Simulator } from '../../lib/simulator';
import { openShop, type Shop } from './shop';

let simulator: Simulator;
let shop: Shop;

beforeEach(async () => {
  simulator = await startSimulator({ apiKey: 'k', terminalId: '21000001' });
  shop = await openShop();
});

afterEach(() => Promise.all([simulator.close(), shop.close()]));

/** Sends a request exactly as written: no header is added or changed. */
function raw(
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: simulator.port, path, method: 'POST', headers };
    const request = httpRequest(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    request.on('error', reject).end(body);
  });
}

const tokenOf = (answer: { body: string }) => (JSON.parse(answer.body) as { token: string }).token;

describe('shops in other languages are taken as they are', () => {
  it('a PHP shop with curl: escaped slashes and Persian, no charset, no terminal when verifying', async () => {
    const headers = {
      Accept: '*/*',
      'User-Agent': 'PHP-MyShop/7.4',
      'Content-Type': 'application/json;',
      Expect: '100-continue',
    };
    const url = shop.url.replaceAll('/', '\\/');
    const order = String.raw`{"apiKey":"k","amount":1200000,"invoiceNumber":"1398-000017","cellNumber":"09351112233","redirectUrl":"${url}\/index.php?route=payment\/atipay\/callback&order_id=17","description":"\u0633\u0641\u0627\u0631\u0634 17"}`;

    const token = tokenOf(await raw('/v1/get-token', headers, order));
    const paid = await simulator.pay(token);
    const receipt = paid.referenceNumber.replaceAll('/', '\\/');
    const verified = await raw(
      '/v1/verify-payment',
      headers,
      `{"referenceNumber":"${receipt}","apiKey":"k"}`,
    );

    expect(simulator.ledger.find('1398-000017')?.description).toBe('سفارش 17');
    expect(shop.received[0]?.url).toBe('/index.php?route=payment/atipay/callback&order_id=17');
    expect(verified).toEqual({ status: 200, body: '{"amount":1200000.0}' });
  });

  it('a Go shop with net/http: no description, a UUID for an invoice, chunked, struct order', async () => {
    const headers = {
      'User-Agent': 'Go-http-client/1.1',
      'Transfer-Encoding': 'chunked',
      'Content-Type': 'application/json; charset=UTF-8',
      'Accept-Encoding': 'gzip',
    };
    const invoice = '7b0f6c1e-3f0a-4a5e-9d3c-0c5e8f2b7a11';
    const order = `{"amount":12500000,"cellNumber":"989121234567","description":"","invoiceNumber":"${invoice}","redirectUrl":"${shop.url}/payments/${invoice}/callback","apiKey":"k"}\n`;

    const paid = await simulator.pay(tokenOf(await raw('/v1/get-token', headers, order)));
    const check = `{"terminalId":"21000001","referenceNumber":"${paid.referenceNumber}","apiKey":"k"}\n`;
    const verified = await raw('/v1/verify-payment', headers, check);

    expect(shop.received[0]?.url).toBe(`/payments/${invoice}/callback`);
    expect(verified.body).toBe('{"amount":1.25E7}');
  });
});

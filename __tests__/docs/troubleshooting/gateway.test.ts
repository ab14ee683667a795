import { MemoryPaymentStore, AtipayClient } from 'express-atipay';
import { startSimulator } from 'express-atipay/simulator';
import { startFakeGateway } from '../../support/fake-gateway';
import { closing, openShop } from '../../support/opened';
import { anOrder } from '../../support/shop';
import { CERTIFICATE } from '../../support/tls';
import { readPage } from '../markdown';
import { PAGE, PRINTS, symptom } from './symptoms';

const refused = (operation: Promise<unknown>): Promise<unknown> => operation.catch((error: unknown) => error);

symptom('MerchantIpAddressIsInvalid', async () => {
  const { url, apiKey } = closing(await startSimulator({ registeredIp: '192.0.2.1' }));
  const elsewhere = await openShop({ ...PRINTS, gatewayUrl: url, apiKey });
  await refused(elsewhere.atipay.start(anOrder()));

  const shop = await openShop(PRINTS);
  shop.gateway.replies['get-token'].push({ status: 403, type: 'text/html', body: 'Forbidden' });
  await refused(shop.atipay.start(anOrder()));
  const record = await shop.started();
  await shop.comesBack(record, { state: 'MerchantIpAddressIsInvalid', status: '8' });
  expect(await shop.record(record.invoiceNumber)).toMatchObject({
    failureReason: 'MerchantIpAddressIsInvalid',
  });
});

symptom('TokenRefused', async () => {
  const { url } = closing(await startSimulator());
  const shop = await openShop({ ...PRINTS, gatewayUrl: url, apiKey: 'not the key', locale: 'fa' });
  const answer = await shop.post('/payment/pay', '');
  expect(answer.status).toBe(502);
  expect(await answer.text()).toContain('درگاه پرداخت این درخواست را نپذیرفت');
});

const NOBODY = 'http://127.0.0.1:1/v1';

symptom('GatewayUnavailable on every payment', async () => {
  const shop = await openShop({ ...PRINTS, gatewayUrl: NOBODY, locale: 'fa' });
  const answer = await shop.post('/payment/pay', '');
  expect(answer.status).toBe(504);
  expect(await answer.text()).toContain('درگاه پرداخت پاسخ نمی‌دهد');
});

describe('the table of a silent gateway’s reasons', () => {
  const request = { amount: 1, invoiceNumber: '1', redirectUrl: 'https://shop.example/' };
  const said = async (gatewayUrl: string): Promise<string> => {
    const client = new AtipayClient({ apiKey: 'k', gatewayUrl, http: { timeout: 2_000, proxy: false } });
    const answer = await client.getToken(request);
    return answer.kind === 'unanswered' ? answer.error.message : answer.kind;
  };
  const rows = readPage(PAGE).match(/^\| `.*/gm) ?? [];
  const isTold = (what: string): boolean => rows.some((row) => row.includes(`\`${what}`));

  test('has the names of Node and of this package', async () => {
    const shop = await openShop({ store: new MemoryPaymentStore({ quiet: true }) });
    const { replies, url } = shop.gateway;
    const tls = closing(await startFakeGateway(CERTIFICATE));
    replies['get-token'].push('silence', 'reset', { status: 407, body: '' }, { status: 502, body: '' });
    replies['get-token'].push({ type: 'text/html', body: '<h1>Log in to the network</h1>' });

    expect(await said(url)).toMatch(/: nothing within 2000 ms\.$/);
    expect(await said(url)).toMatch(/: ECONNRESET\.$/);
    expect(await said(url)).toMatch(/: HTTP status 407\.$/);
    expect(await said(url)).toMatch(/: HTTP status 502\.$/);
    expect(await said(url)).toMatch(/: HTTP status 200 without a JSON object\.$/);
    expect(await said(tls.url)).toMatch(/: DEPTH_ZERO_SELF_SIGNED_CERT\.$/);
    expect(await said('https://nowhere.invalid/v1')).toMatch(/: (?:ENOTFOUND|EAI_AGAIN)\.$/);
    for (const what of [
      'nothing within … ms',
      'ECONNRESET',
      'HTTP status 407',
      'HTTP status 502',
      'HTTP status 200 without a JSON object',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'ENOTFOUND',
      'EAI_AGAIN',
    ]) {
      expect([what, isTold(what)]).toEqual([what, true]);
    }
  });
});

symptom('Works here, not behind nginx', async () => {
  const shop = await openShop({ ...PRINTS, publicUrl: 'http://localhost:3000/shop' }, (app, router) =>
    app.set('env', 'production').use('/payment', router),
  );
  await shop.post('/payment/pay', '', {
    'X-Forwarded-Host': 'shop.example',
    'X-Forwarded-Proto': 'https',
    Accept: 'application/json',
  });
  const [call] = shop.gateway.asked('get-token');
  expect(call?.body['redirectUrl']).toMatch(/^http:\/\/localhost:3000\/shop\/callback\//);
});

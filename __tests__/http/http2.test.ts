import { connect, createServer, Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { closing, openShop } from '../support/opened';

// Express has no HTTP/2: shops put its request and response in front of Node's, as http2-express does.

/** An app whose requests and responses are Node's for HTTP/2, which return nothing from setHeader. */
function overHttp2(): Express {
  const app = express();
  const on = (base: object, own: object): object =>
    Object.create(base, Object.getOwnPropertyDescriptors(own)) as object;
  app.request = on(on(Http2ServerRequest.prototype, express.request), app.request) as never;
  app.response = on(on(Http2ServerResponse.prototype, express.response), app.response) as never;
  return app;
}

async function listening(app: Express): Promise<string> {
  const server = createServer(app as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing({ close: () => new Promise<void>((resolve) => void server.close(() => resolve())) });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Answer {
  status: number | undefined;
  body: string;
}

function send(origin: string, path: string, form?: Record<string, string>): Promise<Answer> {
  const session = connect(origin);
  const method = form ? 'POST' : 'GET';
  const type = 'application/x-www-form-urlencoded';
  const stream = session.request({ ':path': path, ':method': method, ...(form && { 'content-type': type }) });
  return new Promise((resolve, reject) => {
    const answer: Answer = { status: undefined, body: '' };
    session.on('error', reject);
    stream
      .on('error', reject)
      .on('response', (headers) => (answer.status = headers[':status']))
      .setEncoding('utf8')
      .on('data', (text: string) => (answer.body += text))
      .on('end', () => session.close(() => resolve(answer)));
    stream.end(form && new URLSearchParams(form).toString());
  });
}

test('a shop on HTTP/2 takes a payment', async () => {
  const shop = await openShop();
  const app = overHttp2();
  app.use('/payment', shop.router);
  const origin = await listening(app);

  const { invoiceNumber, returnKey } = await shop.started();
  const at = (route: string): string => `/payment/${route}/${invoiceNumber}/${returnKey}`;
  expect(await send(origin, at('pay'))).toMatchObject({
    status: 200,
    body: expect.stringContaining('token-of') as string,
  });
  const form = {
    state: 'OK',
    status: '2',
    reservationNumber: invoiceNumber,
    referenceNumber: shop.gateway.receipt(invoiceNumber),
  };
  expect(await send(origin, at('callback'), form)).toMatchObject({ status: 303 });
  expect(await send(origin, at('result'))).toMatchObject({
    status: 200,
    body: expect.stringContaining('25,000') as string,
  });
  expect((await send(origin, '/payment/result/1/2')).status).toBe(404);
  expect(shop.hooks).toMatchObject([{ hook: 'onSuccess' }]);
});

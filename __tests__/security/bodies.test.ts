import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { ErrorRequestHandler } from 'express';
import type { PaymentRecord } from 'express-atipay';
import request from 'supertest';
import { openShop } from '../support/opened';
import type { Shop } from '../support/shop';

const address = ({ invoiceNumber, returnKey }: PaymentRecord): string =>
  `/payment/callback/${invoiceNumber}/${returnKey}`;

const answerError: ErrorRequestHandler = (error: { status: number }, _req, res, _next) =>
  void res.sendStatus(error.status);

/** The shop still takes an ordinary payment. */
async function stillWorks(shop: Shop): Promise<void> {
  const record = await shop.started();
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
}

const nested = (depth: number): string => `${'['.repeat(depth)}1${']'.repeat(depth)}`;

describe('a body that is too much', () => {
  const FORM = 'application/x-www-form-urlencoded';
  const gzip = { 'Content-Encoding': 'gzip' };
  const BOMB = gzipSync(Buffer.alloc(32 * 1024 * 1024, 'x'));

  test.each<[string, string, string | Buffer, Record<string, string>, number]>([
    ['a form of 200 kB', FORM, `a=${'x'.repeat(200_000)}`, {}, 413],
    ['JSON of 200 kB', 'application/json', `"${'x'.repeat(200_000)}"`, {}, 413],
    ['2,000 fields', FORM, 'a=1&'.repeat(2_000), {}, 413],
    ['a form that unpacks to 32 MB', FORM, BOMB, gzip, 413],
    ['JSON that unpacks to 32 MB', 'application/json', BOMB, gzip, 413],
    ['fields 1,000 deep', FORM, `a${'[b]'.repeat(1_000)}=1`, {}, 400],
    ['JSON that is none', 'application/json', '{"a":', {}, 400],
    ['a charset that nobody speaks', 'application/json; charset=koi8-r', '{}', {}, 415],
    ['an encoding that nobody has', FORM, 'a=1', { 'Content-Encoding': 'rot13' }, 415],
  ])('is refused at /pay before getOrder sees it: %s', async (_what, type, body, headers, status) => {
    const seen: unknown[] = [];
    const shop = await openShop({ getOrder: (req) => void seen.push(req.body) }, (app, router) => {
      app.use('/payment', router);
      app.use(answerError);
    });
    const sent = request(shop.server).post('/payment/pay').type(type).set(headers);
    expect((await sent.send(body).serialize((whole: unknown) => whole as string)).status).toBe(status);
    expect(seen).toEqual([]);
  });

  test('in depth is no trouble: JSON 40,000 lists deep reaches getOrder and is no order', async () => {
    const shop = await openShop({ getOrder: (req) => (req.body as { order?: never }).order });
    const sent = request(shop.server).post('/payment/pay').type('json').set('Accept', 'text/html');
    expect((await sent.send(`{"x":${nested(40_000)}}`)).status).toBe(404);
    await stillWorks(shop);
  });

  test('in depth as metadata is refused or kept, and nothing falls', async () => {
    const shop = await openShop();
    const metadata: unknown = JSON.parse(nested(7_000));
    const order = { orderId: 'deep', amount: 1, cellNumber: '09123456789', metadata };
    await shop.atipay.start(order).catch((error: unknown) => expect(error).toBeInstanceOf(Error));
    await stillWorks(shop);
  });
});

const openSocket = (server: Server): Promise<Socket> =>
  new Promise((resolve) => {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
  });

const untilClosed = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let said = '';
    socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
    socket.on('error', () => undefined).on('close', () => resolve(said));
  });

describe('a body that comes slowly', () => {
  test('is cut off by the server’s requestTimeout, and has changed, asked and held nothing', async () => {
    let app: RequestListener = () => undefined;
    const shop = await openShop({}, (theirs, router) => {
      app = theirs.use('/payment', router);
    });
    // Node's defaults are 300 s, looked at every 30 s.
    const server = createServer(
      { requestTimeout: 300, headersTimeout: 300, connectionsCheckingInterval: 50 },
      app,
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const record = await shop.started();
    const socket = await openSocket(server);
    const closed = untilClosed(socket);
    socket.write(
      `POST ${address(record)} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
        'Content-Length: 1000\r\n\r\nstate=OK',
    );
    const drip = setInterval(() => socket.write('&'), 50);
    await stillWorks(shop);
    expect(await closed).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
    await stillWorks(shop);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    await new Promise((resolve) => server.close(resolve));
  });

  test('of a hundred clients at once keeps no buyer from paying', async () => {
    const shop = await openShop();
    const record = await shop.started();
    const sockets = await Promise.all(Array.from({ length: 100 }, () => openSocket(shop.server)));
    for (const socket of sockets) {
      socket.write(
        `POST ${address(record)} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\ns\r\n`,
      );
    }
    await stillWorks(shop);
    for (const socket of sockets) socket.destroy();
    await stillWorks(shop);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
  });
});

describe('a body of another type than its header', () => {
  test.each<[string, string]>([
    ['bytes that are no UTF-8', 'state=%ff%fe&reservationNumber=%80'],
    ['broken percent signs', 'state=%&reservationNumber=%zz&%=%'],
    ['NUL bytes', 'state=OK%00&referenceNumber=a%00b'],
    ['half characters', 'state=OK&referenceNumber=%ed%a0%80'],
    ['overlong UTF-8', 'state=OK&referenceNumber=%c0%af'],
    ['names of the prototype', '__proto__=x&constructor=y&toString=z&state=OK'],
    ['nothing but separators', '&&&===&&&'],
  ])('changes nothing and falls over nothing: %s', async (_what, body) => {
    const shop = await openShop();
    const record = await shop.started();
    const { status } = await request(shop.server).post(address(record)).type('form').send(body);
    expect([303, 404]).toContain(status);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('a length that is too short or too long, or both ways of saying it, takes no payment', async () => {
    const shop = await openShop();
    const record = await shop.started();
    const receipt = shop.gateway.receipt(record.invoiceNumber);
    const form = `state=OK&reservationNumber=${record.invoiceNumber}&referenceNumber=${receipt}`;
    const head = `POST ${address(record)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
    for (const framing of [
      `Content-Length: 5\r\n\r\n${form}`,
      `Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${form}`,
      `Content-Length: 5\r\nContent-Length: ${form.length}\r\n\r\n${form}`,
      `Transfer-Encoding: chunked, identity\r\n\r\n${form}`,
    ]) {
      const socket = await openSocket(shop.server);
      const closed = untilClosed(socket);
      socket.write(head + framing);
      await closed;
      expect(await shop.record(record.invoiceNumber)).toEqual(record);
    }
    await stillWorks(shop);
  });
});

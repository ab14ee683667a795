import { setImmediate as nextTurn } from 'node:timers/promises';
import { getAdapter, type AxiosAdapter } from 'axios';
import { Agent } from 'node:http';
import { globalAgent } from 'node:https';
import { connect, type NetConnectOpts } from 'node:net';
import { gzipSync } from 'node:zlib';
import { AtipayClient, type HttpOptions, type NoAnswer, type VerifyAnswer } from '../../lib/gateway/client';
import {
  body,
  bytes,
  forever,
  json,
  reset,
  silence,
  startFakeGateway,
  type Answer,
  type FakeGateway,
} from '../support/fake-gateway';
import { TRANSPORTS } from '../support/transports';

describe.each(TRANSPORTS)('by %s', (_by, options) => {
  let gateway: FakeGateway;
  let client: AtipayClient;
  beforeEach(async () => {
    gateway = await startFakeGateway();
    client = clientWith();
  });
  afterEach(() => gateway.close());

  const clientWith = (http: HttpOptions = {}): AtipayClient =>
    new AtipayClient({ apiKey: 'the-api-key', gatewayUrl: gateway.url, http: { ...options(), ...http } });

  function verified(answer: Answer, options?: { timeout?: number }): Promise<VerifyAnswer> {
    gateway.answers(answer);
    return client.verifyPayment({ referenceNumber: 'R' }, options);
  }

  /** No answer, for this reason. */
  const unanswered = (trouble: string, operation = 'verify-payment', reusedConnection = false): object => ({
    kind: 'unanswered',
    reusedConnection,
    error: expect.objectContaining({
      name: 'AtipayError',
      code: 'ERR_ATIPAY_GATEWAY_UNAVAILABLE',
      status: 504,
      expose: false,
      message: `AtiPay gave no usable answer to ${operation}: ${trouble}.`,
    }) as NoAnswer['error'],
  });

  const MONEY = { amount: 10_000, status: '1', token: 'T' };

  describe('a status that may come from a proxy', () => {
    const others = [
      ...[300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 404, 405, 407, 408, 409, 410, 422, 429],
      ...[500, 501, 502, 503, 504, 520, 599],
    ];

    it.each(others)('of %i is no answer, with any body', async (status) => {
      expect(await verified(json(MONEY, status))).toEqual(unanswered(`HTTP status ${status}`));
      expect(await verified(json({ errorCode: '5' }, status))).toEqual(unanswered(`HTTP status ${status}`));
      expect(
        await client.getToken({ amount: 1, invoiceNumber: '1', redirectUrl: 'https://shop.example/' }),
      ).toEqual(unanswered(`HTTP status ${status}`, 'get-token'));
    });

    it.each(['000', '042', '099'])('of %s is none, and no answer', async (status) => {
      const text = JSON.stringify(MONEY);
      const answer = bytes(`HTTP/1.1 ${status} X\r\nContent-Length: ${text.length}\r\n\r\n${text}`);
      expect(await verified(answer)).toEqual(unanswered(`HTTP status ${Number(status)}`));
    });

    it('of 403 is no answer, and asks about the registered address', async () => {
      const hint = "HTTP status 403 (is this server's IP address registered with AtiPay?)";
      expect(await verified(json({ errorCode: '5' }, 403))).toEqual(unanswered(hint));
    });

    it.each([200, 201, 202, 203, 206, 299])(
      'is not %i: its JSON is the gateway’s word, anything else is not',
      async (status) => {
        expect(await verified(json({ errorCode: '5' }, status))).toMatchObject({
          kind: 'refused',
          code: '5',
        });
        expect(await verified(body('<html>', status))).toEqual(
          unanswered(`HTTP status ${status} without a JSON object`),
        );
      },
    );

    it.each([301, 302, 303, 307, 308])('of %i leads nowhere else', async (status) => {
      const elsewhere = await startFakeGateway();
      elsewhere.answers(json(MONEY));
      const answer = await verified(body('', status, { Location: `${elsewhere.url}/verify-payment` }));
      expect(answer).toEqual(unanswered(`HTTP status ${status}`));
      expect([gateway.calls.length, elsewhere.calls.length]).toEqual([1, 0]);
      await elsewhere.close();
    });
  });

  describe('a body that is no JSON object', () => {
    it.each([
      ...['', ' ', '\uFEFF', '<html><body>10000</body></html>', 'OK', 'amount=10000'],
      ...['null', '"10000"', '10000', 'true', '[]', '[{"amount":10000}]', '{"amount":10000}{"amount":10000}'],
      ...['{"amount":', '{"amount":10000', '{"amount":10000,', "{'amount':10000}", '{amount:10000}'],
      ...['{"amount":NaN}', '{"amount":010}', '{"amount":.5}', '\0{"amount":10000}', '{"amount":1/*x*/}'],
    ])('is no answer: %j', async (text) => {
      expect(await verified(body(text))).toEqual(unanswered('HTTP status 200 without a JSON object'));
    });

    const gzip = { 'Content-Encoding': 'gzip' };
    it.each<[what: string, answer: Answer]>([
      ['in another encoding', body(Buffer.from('{"amount":10000}', 'utf16le'))],
      ['that is not compressed, though it says so', body('{"amount":10000}', 200, gzip)],
      [
        'that is cut off within its compression',
        body(gzipSync('{"amount":10000}').subarray(0, 20), 200, gzip),
      ],
      ['in a compression nobody knows', body(gzipSync('{"amount":10000}'), 200, { 'Content-Encoding': 'x' })],
    ])('is no answer %s', async (_what, answer) => {
      expect(await verified(answer)).toMatchObject({ kind: 'unanswered' });
    });

    it('of 204 is no answer', async () => {
      expect(await verified((res) => res.writeHead(204).end())).toMatchObject({ kind: 'unanswered' });
    });
  });

  describe('a connection that breaks', () => {
    const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

    it.each<[what: string, answer: Answer]>([
      ['before anything came', reset],
      ['with a proper end before anything came', bytes('')],
      ['within the head', bytes(HEAD)],
      ['within the body', bytes(`${HEAD}Content-Length: 500\r\n\r\n{"amount":10000}`)],
      ['within a chunk', bytes(`${HEAD}Transfer-Encoding: chunked\r\n\r\n10\r\n{"amount":10000}\r\n`)],
      ['by a length that cuts the JSON', bytes(`${HEAD}Content-Length: 12\r\n\r\n{"amount":10000}`)],
      ['before a body', bytes(`${HEAD}Content-Length: 16\r\n\r\n`)],
      ['in no HTTP at all', bytes('220 mail.example ESMTP\r\n')],
      ['in a header without an end', bytes(`${HEAD}X: ${'x'.repeat(100_000)}\r\n\r\n`)],
      [
        'with contradicting lengths',
        bytes(`${HEAD}Content-Length: 5\r\nContent-Length: 16\r\n\r\n{"amount":10000}`),
      ],
    ])('%s is no answer', async (_what, answer) => {
      expect(await verified(answer)).toMatchObject({ kind: 'unanswered' });
    });

    it('is reported by its code', async () => {
      expect(await verified(reset)).toEqual(unanswered('ECONNRESET'));
      await gateway.close();
      expect(await client.verifyPayment({ referenceNumber: 'R' })).toEqual(unanswered('ECONNREFUSED'));
    });

    /** An agent of the shop whose connections end like this. */
    const ending = (error: Error): Agent =>
      Object.assign(new Agent(), {
        createConnection: (options: NetConnectOpts) => {
          const socket = connect(options);
          return socket.once('connect', () => socket.destroy(error));
        },
      });

    const through =
      (httpAgent: Agent): AxiosAdapter =>
      (config) =>
        getAdapter('http')({ ...config, httpAgent });

    it.each<[what: string, trouble: string, adapter: AxiosAdapter]>([
      [
        'with a code',
        'ETIMEDOUT',
        through(ending(Object.assign(new Error('of the kernel'), { code: 'ETIMEDOUT' }))),
      ],
      [
        'without a code',
        'a broken connection',
        through(ending(new Error('Socks5 proxy rejected connection'))),
      ],
      ['that cannot begin', 'ERR_INVALID_PROTOCOL', through(globalAgent)],
      [
        'with a code that tells too much',
        'a broken connection',
        () => Promise.reject(Object.assign(new Error('x'), { code: 'http://user:secret@proxy:3128' })),
      ],
      ['with a text for an error', 'a broken connection', () => Promise.reject(Object.create(null) as Error)],
      [
        'at once',
        'a broken connection',
        () => {
          throw new Error('the-api-key');
        },
      ],
      ['and no response', 'an unreadable answer', () => Promise.resolve(undefined as never)],
    ])('%s in the shop’s adapter is no answer: %s', async (_what, trouble, adapter) => {
      client = clientWith({ adapter });
      expect(await verified(json(MONEY))).toEqual(unanswered(trouble));
    });

    it('is distinguished when a kept connection is closed before a byte of the answer', async () => {
      expect(await verified(json({ amount: 5 }))).toEqual({ kind: 'amount', amount: 5 });
      await nextTurn();
      expect(await verified(reset)).toEqual(unanswered('ECONNRESET', 'verify-payment', true));
      expect(await verified(reset)).toEqual(unanswered('ECONNRESET'));
    });

    it('is not distinguished when a byte of the answer has come, or time is up', async () => {
      client = clientWith({ timeout: 150 });
      expect(await verified(json({ amount: 5 }))).toEqual({ kind: 'amount', amount: 5 });
      await nextTurn();
      expect(await verified(bytes('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{'))).toMatchObject({
        reusedConnection: false,
      });
      expect(await verified(json({ amount: 5 }))).toEqual({ kind: 'amount', amount: 5 });
      await nextTurn();
      expect(await verified(silence)).toEqual(unanswered('nothing within 150 ms'));
    });
  });

  describe('a body that is too large', () => {
    const blanks = ' '.repeat(1024 * 1024);

    it.each<[what: string, answer: Answer]>([
      ['by its length', json({ ...MONEY, blanks })],
      [
        'once it is unpacked',
        body(gzipSync(`{"amount":10000}${blanks}`), 200, { 'Content-Encoding': 'gzip' }),
      ],
      ['without an end', forever(Buffer.alloc(64 * 1024, ' '), 1)],
    ])('%s is no answer', async (_what, answer) => {
      expect(await verified(answer)).toEqual(unanswered('ERR_BAD_RESPONSE'));
    });
  });

  describe('time', () => {
    const SHORT = 150;

    it.each<[what: string, answer: Answer]>([
      ['nothing comes', silence],
      ['only the head comes', (res) => res.writeHead(200).flushHeaders()],
      ['bytes keep trickling in', forever(' ', 5)],
      ['half an answer comes', (res) => void res.writeHead(200).write('{"amount":')],
    ])('is up when %s', async (_what, answer) => {
      client = clientWith({ timeout: SHORT });
      expect(await verified(answer)).toEqual(unanswered(`nothing within ${SHORT} ms`));
      expect(await client.getToken({ amount: 1, invoiceNumber: '1', redirectUrl: '' })).toEqual(
        unanswered(`nothing within ${SHORT} ms`, 'get-token'),
      );
    });

    it.each([SHORT, SHORT - 0.7, SHORT - 0.001])('may be shorter for one call: %d ms', async (timeout) => {
      expect(await verified(silence, { timeout })).toEqual(unanswered(`nothing within ${SHORT} ms`));
    });

    it('is never longer for one call than for the client', async () => {
      client = clientWith({ timeout: SHORT });
      expect(await verified(silence, { timeout: 60_000 })).toEqual(unanswered(`nothing within ${SHORT} ms`));
    });

    it('of less than a millisecond is one', async () => {
      expect(await verified(silence, { timeout: 0.2 })).toEqual(unanswered('nothing within 1 ms'));
    });

    it.each([0, -5])('of %d ms is none: the call is not sent', async (timeout) => {
      expect(await verified(json(MONEY), { timeout })).toEqual(
        unanswered('no time was left, so it was not sent'),
      );
      expect(gateway.calls).toHaveLength(0);
    });

    it('that is not needed is not waited for: no timer outlives its call', async () => {
      const timers = (): number =>
        process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
      const before = timers();
      expect(await verified(json(MONEY))).toEqual({ kind: 'amount', amount: 10_000 });
      expect(timers()).toBe(before);
    });

    it.each([5_000.25, 9_999.999, 14_999.3])('of %d ms has a fraction and is enough', async (timeout) => {
      client = clientWith({ timeout: 20_000 });
      expect(await verified(json(MONEY), { timeout })).toEqual({ kind: 'amount', amount: 10_000 });
    });
  });
});

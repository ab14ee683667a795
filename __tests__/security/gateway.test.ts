import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { AtipayClient, type NoAnswer } from '../../lib/gateway/client';
import { body, json, startFakeGateway, type Answer, type FakeGateway } from '../support/fake-gateway';
import { TRANSPORTS } from '../support/transports';

const MONEY = '{"amount":10000,"status":"1","token":"T"}';
const BOMB = Buffer.concat([Buffer.from(MONEY), Buffer.alloc(64 * 1024 * 1024, ' ')]);
const BOMBS: [encoding: string, packed: Buffer][] = [
  ['gzip', gzipSync(BOMB)],
  ['deflate', deflateSync(BOMB)],
  ['deflate', deflateRawSync(BOMB)],
  ['br', brotliCompressSync(BOMB)],
];

describe.each(TRANSPORTS)('by %s', (_by, options) => {
  // A gateway that is broken, taken over, or not the gateway at all.

  const TIMEOUT = 400;

  let gateway: FakeGateway;
  let client: AtipayClient;
  const clientWith = (timeout: number): AtipayClient =>
    new AtipayClient({ apiKey: 'the-api-key', gatewayUrl: gateway.url, http: { ...options(), timeout } });
  beforeEach(async () => {
    gateway = await startFakeGateway();
    client = clientWith(TIMEOUT);
  });
  afterEach(() => gateway.close());

  async function unanswered(answer: Answer): Promise<NoAnswer> {
    gateway.answers(answer);
    const verified = await client.verifyPayment({ referenceNumber: 'R' });
    const token = await client.getToken({
      amount: 1,
      invoiceNumber: '1',
      redirectUrl: 'https://shop.example/',
    });
    expect([verified.kind, token.kind]).toEqual(['unanswered', 'unanswered']);
    return verified as NoAnswer;
  }

  describe('a packed answer that is a bomb', () => {
    test.each(BOMBS)(
      'is not unpacked whole: 64 MB of %s (%#)',
      async (encoding, packed) => {
        // With time to unpack it all: its size ends it.
        client = clientWith(30_000);
        const before = process.memoryUsage().rss;
        const { error } = await unanswered(body(packed, 200, { 'Content-Encoding': encoding }));
        expect(error.message).toContain('ERR_BAD_RESPONSE');
        expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
      },
      60_000,
    );

    test.each(['gzip, gzip', 'gzip;q=1', 'identity, br', '\tgzip\t', 'zstd'])(
      'is no answer in an encoding that does not fit: %j',
      async (encoding) => {
        await unanswered(body(gzipSync(gzipSync(MONEY)), 200, { 'Content-Encoding': encoding.trim() }));
      },
    );
  });

  /** Writes to the bare connection, again and again, until it is gone. */
  const drip =
    (head: string, more: string, ms: number): Answer =>
    ({ socket }: ServerResponse) => {
      socket?.write(head);
      const timer = setInterval(() => socket?.write(more), ms);
      socket?.on('close', () => clearInterval(timer)).on('error', () => undefined);
    };

  describe('an answer that does not end', () => {
    test.each([
      ['headers, one every few milliseconds', drip('HTTP/1.1 200 OK\r\n', 'X-More: 1\r\n', 20)],
      ['a header line, a letter at a time', drip('HTTP/1.1 200 OK\r\nX: ', 'x', 5)],
      ['provisional answers', drip('', 'HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n', 20)],
      ['blank lines before the answer', drip('', '\r\n', 20)],
      ['chunks of one byte', drip('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\n \r\n', 10)],
      ['a chunk’s extension', drip('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;', 'x', 5)],
    ])('is given up when time is up: %s', async (_what, answer) => {
      const { error } = await unanswered(answer);
      expect(error.message).toContain(`nothing within ${TIMEOUT} ms`);
    });

    test('of ten thousand headers is no answer', async () => {
      const headers = Array.from({ length: 10_000 }, (_, i) => `X-${i}: ${'x'.repeat(20)}\r\n`).join('');
      await unanswered(({ socket }) => socket?.end(`HTTP/1.1 200 OK\r\n${headers}\r\n${MONEY}`));
    });
  });

  describe('a redirect', () => {
    const TARGETS = [
      'file:///etc/passwd',
      'http://169.254.169.254/latest/meta-data/',
      'http://[::1]:1/',
      'gopher://127.0.0.1:1/',
      'data:application/json,{"amount":10000}',
      '//127.0.0.1/',
      '/verify-payment',
    ];

    test.each(TARGETS)('to %s is not followed', async (Location) => {
      const { error } = await unanswered(body('', 307, { Location }));
      expect(error.message).toContain('HTTP status 307');
      expect(gateway.calls).toHaveLength(2);
    });

    test.each([
      { Refresh: '0;url=/other' },
      { 'Content-Location': '/other' },
      { Link: '</other>; rel=preload' },
      { 'Alt-Svc': 'h2="127.0.0.1:1"' },
      { Upgrade: 'h2c', Connection: 'Upgrade' },
    ])('by another header is none: %j', async (headers) => {
      gateway.answers(body(MONEY, 200, headers));
      expect(await client.verifyPayment({ referenceNumber: 'R' })).toEqual({
        kind: 'amount',
        amount: 10_000,
      });
      expect(gateway.calls).toHaveLength(1);
    });
  });

  describe('JSON that is made to hurt', () => {
    test.each([
      ['30,000 lists in each other', `{"amount":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
      ['10,000 objects in each other', `{"amount":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`],
      ['a number of 60,000 digits', `{"amount":"${'9'.repeat(60_000)}x"}`],
      ['a number of 60,000 signs', `{"amount":"${'1'.repeat(30_000)}.${'1'.repeat(30_000)}e"}`],
    ])('is no answer, at once: %s', async (_what, text) => {
      gateway.answers(body(text));
      expect((await client.verifyPayment({ referenceNumber: 'R' })).kind).toBe('unanswered');
    });

    test('sets nothing by way of __proto__', async () => {
      gateway.answers(
        body('{"__proto__":{"amount":10000,"token":"T"},"constructor":{"prototype":{"amount":1}}}'),
      );
      expect((await client.verifyPayment({ referenceNumber: 'R' })).kind).toBe('unanswered');
      expect({}).not.toHaveProperty('amount');
    });

    test('takes nothing from a prototype that other code has polluted: a refusal stays one', async () => {
      const pollution = { amount: 10_000, token: 'T', status: '1' };
      gateway.answers(json({ errorCode: '-2' }));
      Object.assign(Object.prototype, pollution);
      try {
        const request = { amount: 1, invoiceNumber: '1', redirectUrl: 'https://shop.example/' };
        expect((await client.verifyPayment({ referenceNumber: 'R' })).kind).toBe('refused');
        expect((await client.getToken(request)).kind).toBe('refused');
      } finally {
        for (const name of Object.keys(pollution)) Reflect.deleteProperty(Object.prototype, name);
      }
    });
  });
});

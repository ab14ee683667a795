import { setImmediate as nextTurn } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { GATEWAY_URL } from '../../lib/gateway/address';
import { AtipayClient, type AtipayClientOptions } from '../../lib/gateway/client';
import { body, json, reset, startFakeGateway, type Answer, type FakeGateway } from '../support/fake-gateway';
import { TRANSPORTS } from '../support/transports';

describe.each(TRANSPORTS)('by %s', (_by, options) => {
  const API_KEY = 'the-api-key';

  let gateway: FakeGateway;
  beforeEach(async () => (gateway = await startFakeGateway()));
  afterEach(() => gateway.close());

  const clientWith = (more: Partial<AtipayClientOptions> = {}): AtipayClient =>
    new AtipayClient({ apiKey: API_KEY, gatewayUrl: `${gateway.url}/v1`, http: options(), ...more });

  const ORDER = {
    amount: 10_000,
    invoiceNumber: '17000000000000000001',
    redirectUrl: 'https://shop.example/payment/callback/17000000000000000001/key',
  };

  describe('get-token', () => {
    it('is asked with the fields of every order, as JSON', async () => {
      await clientWith().getToken(ORDER);
      expect(gateway.calls).toHaveLength(1);
      expect(gateway.calls[0]).toMatchObject({
        method: 'POST',
        path: '/v1/get-token',
        json: { ...ORDER, apiKey: API_KEY },
        headers: { accept: 'application/json', 'user-agent': 'express-atipay' },
      });
      expect(gateway.calls[0]?.headers['content-type']).toMatch(/^application\/json(; ?charset=utf-8)?$/i);
      expect(Object.keys(gateway.calls[0]?.json ?? {}).sort()).toEqual(
        ['amount', 'apiKey', 'invoiceNumber', 'redirectUrl'].sort(),
      );
    });

    it('is asked with mobile number, description and shares when there are any', async () => {
      const settlement = [
        { iban: 'IR270170000000100324200001', amount: 4_000 },
        { iban: 'IR820540102680020817909002', amount: 6_000 },
      ];
      const more = { cellNumber: '09123456789', description: 'یک کتاب «خوب»\n"x"' };
      await clientWith().getToken({ ...ORDER, ...more, settlement });
      expect(gateway.calls[0]?.json).toEqual({
        ...ORDER,
        ...more,
        scatteredSettlementItems: settlement,
        apiKey: API_KEY,
      });
    });

    it('leaves out fields that are null or undefined', async () => {
      await clientWith().getToken({ ...ORDER, cellNumber: null, description: null, settlement: null });
      await clientWith().getToken({
        ...ORDER,
        cellNumber: undefined,
        description: undefined,
        settlement: undefined,
      });
      for (const call of gateway.calls) expect(call.json).toEqual({ ...ORDER, apiKey: API_KEY });
    });

    it('sends the largest amount digit by digit', async () => {
      await clientWith().getToken({ ...ORDER, amount: 9_007_199_254_740_990 });
      expect(gateway.calls[0]?.body).toContain('"amount":9007199254740990,');
    });
  });

  describe('verify-payment', () => {
    it.each([
      ['the receipt’s terminal', { terminalId: '1' }, { terminalId: '2' }, { terminalId: '2' }],
      ['the client’s terminal', { terminalId: '1' }, {}, { terminalId: '1' }],
      ['the client’s terminal', { terminalId: '1' }, { terminalId: null }, { terminalId: '1' }],
      ['no terminal', {}, { terminalId: null }, {}],
      ['no terminal', {}, {}, {}],
    ])('is asked with %s', async (_whose, options, request, sent) => {
      await clientWith(options).verifyPayment({ referenceNumber: 'a+/b=', ...request });
      expect(gateway.calls[0]).toMatchObject({ method: 'POST', path: '/v1/verify-payment' });
      expect(gateway.calls[0]?.json).toEqual({ referenceNumber: 'a+/b=', ...sent, apiKey: API_KEY });
    });
  });

  describe('the buyer’s form', () => {
    it('goes to the gateway with the token alone', () => {
      expect(clientWith().redirectForm('t0k3n')).toEqual({
        action: `${gateway.url}/v1/redirect-to-gateway`,
        method: 'POST',
        fields: { token: 't0k3n' },
      });
      expect(new AtipayClient({ apiKey: API_KEY }).redirectForm('t').action).toBe(
        `${GATEWAY_URL}/redirect-to-gateway`,
      );
      expect(GATEWAY_URL).toBe('https://mipg.atipay.net/v1');
    });
  });

  describe('the connection', () => {
    it('is kept for the next call', async () => {
      gateway.answers(json({ amount: 10_000 }));
      const client = clientWith();
      await client.getToken(ORDER);
      // undici takes a connection for free in the turn of the event loop after the one in which its answer ended.
      await nextTurn();
      await client.verifyPayment({ referenceNumber: 'R' });
      await nextTurn();
      await client.verifyPayment({ referenceNumber: 'R' });
      expect(new Set(gateway.calls.map(({ port }) => port)).size).toBe(1);
    });

    it('is another one after it broke', async () => {
      const client = clientWith();
      gateway.answers(reset);
      await client.getToken(ORDER);
      gateway.answers(json({ status: '1', token: 'T' }));
      expect(await client.getToken(ORDER)).toEqual({ kind: 'token', token: 'T' });
      expect(new Set(gateway.calls.map(({ port }) => port)).size).toBe(2);
    });

    it('is a new one for a call that asks for a fresh one, and is not kept', async () => {
      gateway.answers(json({ status: '1', token: 'T' }));
      const client = clientWith();
      for (const fresh of [false, true, false, true]) {
        expect(await client.getToken(ORDER, { fresh })).toEqual({ kind: 'token', token: 'T' });
        await nextTurn();
      }
      const [first, second, third, fourth] = gateway.calls.map(({ port }) => port);
      expect(new Set([first, second, fourth]).size).toBe(3);
      expect([second, fourth]).not.toContain(third);
      expect(gateway.calls[1]?.headers.connection).toBe('close');
    });

    it('takes a gateway address with slashes at its end', async () => {
      await clientWith({ gatewayUrl: `${gateway.url}/v1//` }).getToken(ORDER);
      expect(gateway.calls[0]?.path).toBe('/v1/get-token');
    });

    const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
    const MONEY = 'HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{"amount":10000}';
    /** Writes these bytes, each part separately, before the answer. */
    const after =
      (parts: Iterable<string>, answer: Answer = json({ amount: 10_000 })): Answer =>
      async (res) => {
        for (const part of parts) {
          res.socket?.write(part);
          await nextTurn();
        }
        answer(res);
      };

    it.each<[what: string, parts: Iterable<string>]>([
      ['once', [CONTINUE]],
      ['twice', [CONTINUE, CONTINUE]],
      ['twice at once', [CONTINUE + CONTINUE]],
      ['with headers', ['HTTP/1.1 100 Go on\r\nX: 1\r\nY: 2\r\n\r\n']],
      ['without a reason', ['HTTP/1.1 100 \r\n\r\n']],
      ['a letter at a time', CONTINUE],
      ['with Early Hints', [CONTINUE, 'HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n']],
    ])('takes answers after an unrequested 100 Continue %s', async (_what, parts) => {
      gateway.answers(after(parts));
      const client = clientWith();
      for (let call = 0; call < 3; call += 1) {
        expect(await client.verifyPayment({ referenceNumber: 'R' })).toEqual({
          kind: 'amount',
          amount: 10_000,
        });
        await nextTurn();
      }
      expect(new Set(gateway.calls.map(({ port }) => port)).size).toBe(1);
    });

    it.each<[what: string, parts: Iterable<string>]>([
      ['in one piece', [CONTINUE + MONEY]],
      ['in two pieces', [`${CONTINUE}HTTP/1.1`, MONEY.slice('HTTP/1.1'.length)]],
      ['a letter at a time', CONTINUE + MONEY],
    ])('takes it and its answer %s', async (_what, parts) => {
      gateway.answers(after(parts, () => undefined));
      expect(await clientWith().verifyPayment({ referenceNumber: 'R' })).toEqual({
        kind: 'amount',
        amount: 10_000,
      });
    });

    it('does not take a body for one', async () => {
      const text = JSON.stringify({ errorDescription: CONTINUE });
      const head = `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n`;
      gateway.answers(after([head, text], () => undefined));
      const answer = await clientWith().verifyPayment({ referenceNumber: 'R' });
      expect(answer).toMatchObject({ kind: 'refused', description: 'HTTP/1.1 100 Continue' });
    });

    it.each([
      ['gzip', gzipSync],
      ['x-gzip', gzipSync],
      ['deflate', deflateSync],
      ['deflate', deflateRawSync],
      ['br', brotliCompressSync],
      ['GZIP', gzipSync],
    ])('takes answers that are compressed: %s', async (encoding, pack) => {
      gateway.answers(body(pack('{"amount":10000.0}'), 200, { 'Content-Encoding': encoding }));
      expect(await clientWith().verifyPayment({ referenceNumber: 'R' })).toEqual({
        kind: 'amount',
        amount: 10_000,
      });
    });
  });
});

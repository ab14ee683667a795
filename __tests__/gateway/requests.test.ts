import { setImmediate as nextTurn } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { GATEWAY_URL } from '../../lib/gateway/address';
import { AtipayClient, type AtipayClientOptions } from '../../lib/gateway/client';
import { body, json, reset, startFakeGateway, type FakeGateway } from '../support/fake-gateway';
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
    it('is asked with what every order has, as JSON', async () => {
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

    it('leaves out what is null or undefined', async () => {
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

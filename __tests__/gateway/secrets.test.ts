import { inspect } from 'node:util';
import { AtipayClient, type HttpOptions } from '../../lib/gateway/client';
import {
  body,
  bytes,
  json,
  reset,
  silence,
  startFakeGateway,
  type Answer,
  type FakeGateway,
} from '../support/fake-gateway';
import { TRANSPORTS } from '../support/transports';

describe.each(TRANSPORTS)('by %s', (_by, options) => {
  const API_KEY = 'k3y-0f.the/merch+ant$&=';
  const PASSWORD = 'proxy-passw0rd';

  let gateway: FakeGateway;
  beforeAll(async () => (gateway = await startFakeGateway()));
  afterAll(() => gateway.close());

  const clientWith = (http: HttpOptions = {}): AtipayClient =>
    new AtipayClient({ apiKey: API_KEY, gatewayUrl: gateway.url, http: { ...options(), ...http } });

  /** Everything of a value that a log, a debugger's console or an error page could show. */
  function everythingOf(value: unknown): string {
    const whole = inspect(value, { depth: 20, showHidden: true, getters: true, maxStringLength: null });
    const errors = [];
    for (let error = value; error instanceof Error; error = error.cause)
      errors.push(error.stack, error.message);
    return [whole, JSON.stringify(value), String(value), ...errors].join('\n');
  }

  function expectNoSecret(value: unknown): void {
    const all = everythingOf(value);
    for (const secret of [API_KEY, PASSWORD, Buffer.from(API_KEY).toString('base64')])
      expect(all).not.toContain(secret);
  }

  const quoted = JSON.stringify({ amount: 1, apiKey: API_KEY });

  describe('the API key', () => {
    it.each<[what: string, answer: Answer]>([
      ['in a token’s answer', json({ status: '1', token: 'T', apiKey: API_KEY })],
      ['in errorDescription', json({ status: '0', errorDescription: `bad request: ${quoted}` })],
      [
        'in errorDescription, twice',
        json({ status: '0', errorDescription: `${API_KEY}${API_KEY} ${API_KEY}` }),
      ],
      ['in errorDescription, where it is cut', json({ errorDescription: 'x'.repeat(290) + API_KEY })],
      ['in faMessage', json({ faMessage: `کلید ${API_KEY} نامعتبر است` })],
      ['in message', json({ message: API_KEY })],
      ['as errorCode', json({ errorCode: API_KEY })],
      ['as status', json({ status: API_KEY })],
      ['as amount', json({ amount: API_KEY })],
      ['in HTML', body(`<html>${quoted}</html>`)],
      ['in a body with status 500', json({ errorDescription: quoted }, 500)],
      ['in a status line', bytes(`HTTP/1.1 500 ${API_KEY}\r\nContent-Length: 0\r\n\r\n`)],
      [
        'in a header',
        body('', 302, { Location: `https://elsewhere.example/?key=${encodeURIComponent(API_KEY)}` }),
      ],
      ['in a body that is too large', body(quoted.repeat(10_000))],
      ['in a body that breaks off', bytes(`HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n${quoted}`)],
      ['in no HTTP at all', bytes(`${API_KEY}\r\n\r\n`)],
      ['before a reset', reset],
    ])('is not given back when the gateway sends it %s', async (_what, answer) => {
      gateway.answers(answer);
      const client = clientWith();
      expectNoSecret(
        await client.getToken({ amount: 1, invoiceNumber: '1', redirectUrl: 'https://shop.example/' }),
      );
      expectNoSecret(await client.verifyPayment({ referenceNumber: 'R' }));
      expectNoSecret(client);
      expect(gateway.calls.at(-1)?.json['apiKey']).toBe(API_KEY);
    });

    it('is replaced in the gateway’s quotes, and the rest is kept', async () => {
      gateway.answers(json({ errorCode: '-1', errorDescription: `wrong key ${API_KEY}!` }));
      expect(await clientWith().verifyPayment({ referenceNumber: 'R' })).toEqual({
        kind: 'refused',
        code: '-1',
        description: 'wrong key [apiKey]!',
        aboutShop: false,
      });
    });

    it.each<[what: string, http: HttpOptions]>([
      ['time is up', { timeout: 50 }],
      [
        'the proxy is not there',
        { proxy: { host: '127.0.0.1', port: 1, auth: { username: 'u', password: PASSWORD } } },
      ],
    ])('and a proxy’s password are in no error when %s', async (_what, http) => {
      gateway.answers(silence);
      const client = clientWith(http);
      const answer = await client.verifyPayment({ referenceNumber: 'R' });
      expect(answer.kind).toBe('unanswered');
      expectNoSecret(answer);
      expectNoSecret(client);
    });

    it('is not in a client that is waiting for an answer', async () => {
      gateway.answers(silence);
      const client = clientWith({ timeout: 100 });
      const answer = client.getToken({ amount: 1, invoiceNumber: '1', redirectUrl: 'https://shop.example/' });
      expectNoSecret(client);
      expectNoSecret(await answer);
    });
  });

  describe('the description of a refusal', () => {
    const described = async (errorDescription: string): Promise<string | undefined> => {
      gateway.answers(json({ errorCode: '-1', errorDescription }));
      const answer = await clientWith().verifyPayment({ referenceNumber: 'R' });
      return answer.kind === 'refused' ? answer.description : undefined;
    };

    it('holds neither the mobile number nor the key of the return address', async () => {
      const redirectUrl = 'https://shop.example/payment/callback/17000000000000000001/aB3dE-_fGh1jKlMnOpQr5Q';
      const request = {
        amount: 1,
        invoiceNumber: '17000000000000000001',
        redirectUrl,
        cellNumber: '09123456789',
      };
      gateway.answers((res) =>
        json({ status: '0', errorCode: `5 ${redirectUrl}`, errorDescription: gateway.calls.at(-1)?.body })(
          res,
        ),
      );
      expect(await clientWith().getToken(request)).toMatchObject({
        code: '5 https://shop.example/payment/callback/17000000000000000001/[returnKey]',
        description: `{"apiKey":"[apiKey]","amount":1,"invoiceNumber":"17000000000000000001","redirectUrl":"https://shop.example/payment/callback/17000000000000000001/[returnKey]","cellNumber":"[cellNumber]"}`,
      });
    });

    it('holds no receipt', async () => {
      const referenceNumber = 'GmshtyjwKSu/lKOLquYrzO9BqjU+Mb==';
      gateway.answers(json({ errorCode: '-2', faMessage: `رسید ${referenceNumber.toUpperCase()} یافت نشد` }));
      expect(await clientWith().verifyPayment({ referenceNumber })).toMatchObject({
        description: 'رسید [referenceNumber]== یافت نشد',
      });
    });

    it('holds no whole card number', async () => {
      expect(await described('card 6037991234567893 is blocked')).toBe('card 603799******7893 is blocked');
    });

    it.each([
      ['line breaks', 'a\r\nb'],
      ['escapes', 'a\u001bb'],
      ['a line separator', 'a\u2028b'],
      ['a direction override', 'a\u202eb'],
      ['half a character', 'a\ud83db'],
    ])('is one line, to be read as it is written: without %s', async (_what, text) => {
      expect(await described(text)).toBe('a b');
    });
  });
});

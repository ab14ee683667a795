import { AtipayClient, type TokenAnswer, type VerifyAnswer } from '../../lib/client';
import { body, json, startFakeGateway, type Answer, type FakeGateway } from '../support/fake-gateway';
import { TRANSPORTS } from '../support/transports';

describe.each(TRANSPORTS)('by %s', (_by, options) => {
  let gateway: FakeGateway;
  let client: AtipayClient;
  beforeAll(async () => {
    gateway = await startFakeGateway();
    client = new AtipayClient({ apiKey: 'the-api-key', gatewayUrl: gateway.url, http: options() });
  });
  afterAll(() => gateway.close());

  function verified(answer: Answer): Promise<VerifyAnswer> {
    gateway.answers(answer);
    return client.verifyPayment({ referenceNumber: 'R' });
  }

  function token(answer: Answer): Promise<TokenAnswer> {
    gateway.answers(answer);
    return client.getToken({ amount: 1, invoiceNumber: '1', redirectUrl: 'https://shop.example/' });
  }

  const refusal = (code?: string, description?: string) => ({ kind: 'refused', code, description });
  const HTML = '<html><body>Bad Request</body></html>';

  describe('a token', () => {
    const TOKEN = 'd41d8cd98f00b204e9800998ecf8427e';

    it.each([
      ['a text', `{"status":"1","token":"${TOKEN}"}`],
      ['a number', `{"status":1,"token":"${TOKEN}"}`],
      ['a float', `{"status":1.0,"token":"${TOKEN}"}`],
      ['padded', `{"status":" 1 ","token":" ${TOKEN}\\n"}`],
    ])('comes with a status of 1, be it %s', async (_what, text) => {
      expect(await token(body(text))).toEqual({ kind: 'token', token: TOKEN });
    });

    it.each<[what: string, answer: Answer]>([
      ['more fields', json({ status: '1', token: TOKEN, errorCode: null, errorDescription: '', x: [{}] })],
      [
        'another content type',
        body(`{"status":"1","token":"${TOKEN}"}`, 200, { 'Content-Type': 'text/html' }),
      ],
      ['a byte order mark', body(`\uFEFF{"status":"1","token":"${TOKEN}"}`)],
      ['blanks around it', body(`\r\n {"status":"1","token":"${TOKEN}"}\n\n`)],
      ['HTTP status 201', json({ status: '1', token: TOKEN }, 201)],
      ['HTTP status 400', json({ status: '1', token: TOKEN }, 400)],
      [
        'another charset in a text nobody needs',
        body(Buffer.from(`{"x":"\xe3","status":"1","token":"${TOKEN}"}`, 'latin1')),
      ],
    ])('is taken with %s', async (_what, answer) => {
      expect(await token(answer)).toEqual({ kind: 'token', token: TOKEN });
    });

    it.each<[what: string, answer: object, code: string | undefined, description: string | undefined]>([
      ['code and description', { status: '0', errorCode: '-5', errorDescription: 'IP' }, '-5', 'IP'],
      ['numbers for texts', { status: 0, errorCode: -5, errorDescription: 404 }, '-5', '404'],
      ['a status alone', { status: '-1' }, '-1', undefined],
      ['a Persian message', { faMessage: 'آدرس پذیرنده نامعتبر است' }, undefined, 'آدرس پذیرنده نامعتبر است'],
      ['an English message', { message: 'no such terminal' }, undefined, 'no such terminal'],
      [
        'a description before other words',
        { errorDescription: 'a', faMessage: 'b', message: 'c' },
        undefined,
        'a',
      ],
      [
        'an empty description',
        { errorDescription: ' ', faMessage: 'b', errorCode: '', status: '9' },
        '9',
        'b',
      ],
      [
        'objects for texts',
        { errorCode: {}, errorDescription: ['x'], faMessage: true },
        undefined,
        undefined,
      ],
      ['nothing', {}, undefined, undefined],
      ['an error beside a token', { status: '0', token: TOKEN, errorCode: '7' }, '7', undefined],
      ['a token without a status', { token: TOKEN }, undefined, undefined],
      ['a status without a token', { status: '1' }, '1', undefined],
      ['an empty token', { status: '1', token: ' ' }, '1', undefined],
      ['a token that is none', { status: '1', token: { x: TOKEN } }, '1', undefined],
      ['a status that is true', { status: true, token: TOKEN }, undefined, undefined],
      ['a status of 1 and more', { status: '10', token: TOKEN }, '10', undefined],
    ])('is refused with %s', async (_what, answer, code, description) => {
      expect(await token(json(answer))).toEqual(refusal(code, description));
      expect(await token(json(answer, 400))).toEqual(refusal(code, description));
    });

    it('is not taken from a prototype', async () => {
      const smuggled = `{"__proto__":{"status":"1","token":"${TOKEN}"}}`;
      expect(await token(body(smuggled))).toEqual(refusal());
      expect({}).not.toHaveProperty('token');
    });

    it('is refused in one line, whatever lines the gateway writes', async () => {
      const answer = await token(json({ errorCode: '5\n6', errorDescription: 'a\r\n\u001b[31mb\u0000\tc' }));
      expect(answer).toEqual(refusal('5 6', 'a [31mb c'));
    });

    it('is refused in at most 300 characters', async () => {
      const answer = await token(json({ errorDescription: 'x'.repeat(60_000) }));
      expect(answer).toEqual(refusal(undefined, 'x'.repeat(300)));
    });
  });

  describe('a verified amount', () => {
    it.each([
      ...['10000', '10000.0', '10000.00', '1.0E4', '1e4', '1.0e+4', '100000E-1'],
      ...['"10000"', '"10000.0"', '"10000.00"', '" 10000 "', '"+10000"', '"010000"'],
      ...['"1.0E4"', '"1.0E+4"', '"100000E-1"', '"0.0000001E11"'],
    ])('of %s is 10,000 Rials', async (amount) => {
      expect(await verified(body(`{"amount":${amount}}`))).toEqual({ kind: 'amount', amount: 10_000 });
    });

    it.each<[text: string, amount: number]>([
      ['1', 1],
      ['1.0E7', 10_000_000],
      ['9007199254740990', 9_007_199_254_740_990],
      ['9.00719925474099E15', 9_007_199_254_740_990],
      ['10000.5', 10_000.5],
      ['0.1', 0.1],
      ['1E300', 1e300],
    ])('of %s is told as it is, right or wrong', async (text, amount) => {
      expect(await verified(body(`{"amount":${text}}`))).toEqual({ kind: 'amount', amount });
    });

    it.each<[what: string, answer: Answer]>([
      ['more fields', json({ amount: 10_000, status: '0', errorCode: '5', faMessage: 'x' })],
      ['another content type', body('{"amount":10000}', 200, { 'Content-Type': 'text/plain' })],
      ['a byte order mark', body('\uFEFF{"amount":10000.0}')],
      ['HTTP status 400', json({ amount: 10_000 }, 400)],
      ['60 kB of blanks', body(`{"amount":10000}${' '.repeat(60 * 1024)}`)],
    ])('is taken with %s', async (_what, answer) => {
      expect(await verified(answer)).toEqual({ kind: 'amount', amount: 10_000 });
    });

    it.each([
      ['-6', '-6'],
      ['-6.0', '-6'],
      ['"-6"', '-6'],
      ['0', '0'],
      ['"0"', '0'],
      ['0.0', '0'],
      ['-0.0', '0'],
      ['-1E300', '-1e+300'],
    ])('of %s is a refusal with that code', async (amount, code) => {
      expect(await verified(body(`{"amount":${amount}}`))).toEqual(refusal(code));
    });

    it.each([
      [{ amount: -6, errorCode: null, status: '0' }, '-6'],
      [{ amount: -6, errorCode: '', faMessage: 'نشد' }, '-6'],
      [{ amount: 0, errorCode: '-18' }, '-18'],
    ])('of no money keeps the code it comes with: %j', async (answer, code) => {
      expect(await verified(json(answer))).toMatchObject({ kind: 'refused', code });
    });

    it.each<[answer: object, code: string | undefined, description: string | undefined]>([
      [{ errorCode: '-3', errorDescription: 'unknown' }, '-3', 'unknown'],
      [{ amount: null, faMessage: 'رسید یافت نشد' }, undefined, 'رسید یافت نشد'],
      [{ status: '0', amount: null }, '0', undefined],
      [{}, undefined, undefined],
    ])('that is missing is a refusal: %j', async (answer, code, description) => {
      expect(await verified(json(answer))).toEqual(refusal(code, description));
    });

    it.each([
      ...[
        '"abc"',
        '""',
        '"10,000"',
        '"10000 IRR"',
        '"0x2710"',
        '"NaN"',
        '"Infinity"',
        '"۱۰۰۰۰"',
        '"1e"',
        '"--1"',
      ],
      ...['{}', '[]', '[10000]', '{"value":10000}', 'true', 'false'],
    ])('that cannot be read is no refusal: %s', async (amount) => {
      const answer = await verified(body(`{"amount":${amount},"errorCode":"5"}`));
      const message = 'AtiPay gave no usable answer to verify-payment: an amount that is not a number.';
      expect(answer).toMatchObject({
        kind: 'unanswered',
        error: { code: 'ERR_ATIPAY_GATEWAY_UNAVAILABLE', message },
      });
    });

    it('is not looked for in HTML', async () => {
      expect(await verified(body(HTML, 400))).toMatchObject({ kind: 'unanswered' });
    });
  });
});

import { AtipayClient, type TokenAnswer, type VerifyAnswer } from '../../lib/gateway/client';
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

  const refusal = (code?: string, description?: string, aboutShop = false) => ({
    kind: 'refused',
    code,
    description,
    aboutShop,
  });
  const noAnswer = (operation: string, why: string): object => ({
    kind: 'unanswered',
    error: {
      code: 'ERR_ATIPAY_GATEWAY_UNAVAILABLE',
      message: `AtiPay gave no usable answer to ${operation}: ${why}.`,
    },
  });
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
      ['an error beside a token', { status: '0', token: TOKEN, errorCode: '7' }, '7', undefined],
    ])('is refused with %s', async (_what, answer, code, description) => {
      expect(await token(json(answer))).toMatchObject({ kind: 'refused', code, description });
      expect(await token(json(answer, 400))).toMatchObject(noAnswer('get-token', 'HTTP status 400'));
    });

    it.each<[what: string, answer: object]>([
      ['nothing', {}],
      ['a status alone', { status: '-1' }],
      ['objects for texts', { errorCode: {}, errorDescription: ['x'], faMessage: true }],
      ['a token without a status', { token: TOKEN }],
      ['a status that is true', { status: true, token: TOKEN }],
      ['a status of 1 and more', { status: '10', token: TOKEN }],
      ['a status in Persian digits', { status: '۱', token: TOKEN }],
    ])('is neither given nor refused with %s', async (_what, answer) => {
      expect(await token(json(answer))).toMatchObject(noAnswer('get-token', 'neither a token nor an error'));
    });

    it.each<[what: string, answer: object]>([
      ['no token', { status: '1' }],
      ['an empty token', { status: '1', token: ' ' }],
      ['a token that is none', { status: '1', token: { x: TOKEN } }],
      ['an error instead', { status: '1', errorCode: '5' }],
    ])('is neither given nor refused with a status of 1 and %s', async (_what, answer) => {
      expect(await token(json(answer))).toMatchObject(noAnswer('get-token', 'status 1 without a token'));
    });

    it('is not taken from a prototype', async () => {
      const smuggled = `{"__proto__":{"status":"1","token":"${TOKEN}"}}`;
      expect(await token(body(smuggled))).toMatchObject({ kind: 'unanswered' });
      expect({}).not.toHaveProperty('token');
    });

    it('is refused in one line, also where the gateway writes several', async () => {
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
    ])('of %s is returned as it is, right or wrong', async (text, amount) => {
      expect(await verified(body(`{"amount":${text}}`))).toEqual({ kind: 'amount', amount });
    });

    it.each<[what: string, answer: Answer]>([
      ['more fields', json({ amount: 10_000, status: '0', errorCode: '5', faMessage: 'x' })],
      ['another content type', body('{"amount":10000}', 200, { 'Content-Type': 'text/plain' })],
      ['a byte order mark', body('\uFEFF{"amount":10000.0}')],
      ['HTTP status 202', json({ amount: 10_000 }, 202)],
      ['HTTP status 206', json({ amount: 10_000 }, 206)],
      ['60 kB of blanks', body(`{"amount":10000}${' '.repeat(60 * 1024)}`)],
      ['the same name further down', body('{"amount":10000,"data":{"amount":5,"data":[{"amount":6}]}}')],
      ['its own name in a text', body('{"amount":10000,"x":"\\"amount\\":5, {"}')],
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
      ['"-0"', '0'],
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
      [{ errorCode: -3 }, '-3', undefined],
      [{ errorDescription: 'unknown' }, undefined, 'unknown'],
      [{ amount: null, faMessage: 'رسید یافت نشد' }, undefined, 'رسید یافت نشد'],
      [{ status: '0', faMessage: 'رسید یافت نشد' }, '0', 'رسید یافت نشد'],
    ])('that is missing beside an error is a refusal: %j', async (answer, code, description) => {
      expect(await verified(json(answer))).toEqual(refusal(code, description));
    });

    it.each<[what: string, text: string]>([
      ['nothing', '{}'],
      ['another name', '{"Amount":250000.0}'],
      ['a name with a blank', '{"amount ":250000.0}'],
      ['a status alone', '{"status":"1"}'],
      ['a status and null', '{"status":"0","amount":null}'],
      ['null alone', '{"amount":null}'],
      ['an amount in an object', '{"data":{"amount":10000}}'],
      ['an error in an object', '{"error":{"errorCode":"5","faMessage":"x"}}'],
      ['a message alone', '{"message":"no Route matched with those values"}'],
      ['another error', '{"error":"invalid_token","error_code":"5"}'],
      ['empty errors', '{"errorCode":"","errorDescription":" ","faMessage":null}'],
      ['errors that are no text', '{"errorCode":{},"errorDescription":["x"],"faMessage":true}'],
    ])('that is missing is no refusal: %s', async (_what, text) => {
      const why = 'neither an amount nor an error';
      expect(await verified(body(text))).toMatchObject(noAnswer('verify-payment', why));
    });

    it.each(['0', '2'])(
      'that is missing beside errorCode %s, which is no error, is no refusal',
      async (code) => {
        const why = `errorCode ${code} without an amount`;
        const answer = await verified(json({ errorCode: code, faMessage: 'عملیات موفق' }));
        expect(answer).toMatchObject(noAnswer('verify-payment', why));
      },
    );

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
      ...['{}', '[]', '[10000]', '{"value":10000}', 'true', 'false', '"true"'],
      ...[
        '10000.5',
        '0.1',
        '-0.5',
        '1E300',
        '-1E300',
        '1e400',
        '9007199254740992',
        '-9007199254740993',
        '"1e16"',
      ],
    ])('that cannot be read is no refusal: %s', async (amount) => {
      const answer = await verified(body(`{"amount":${amount},"errorCode":"5"}`));
      expect(answer).toMatchObject(noAnswer('verify-payment', 'an amount that is no whole number'));
    });

    it.each([
      ['no money and money', '{"amount":0,"amount":10000}'],
      ['money and no money', '{"amount":10000,"amount":-5}'],
      ['an escaped name', '{"amount":10000,"\\u0061mount":-5}'],
      ['an error', '{"errorCode":"0","errorCode":"5"}'],
    ])('is not taken from a field that is there twice: %s', async (_what, text) => {
      expect(await verified(body(text))).toMatchObject(
        noAnswer('verify-payment', 'a field that is there twice'),
      );
    });

    it('is not looked for in HTML', async () => {
      expect(await verified(body(HTML))).toMatchObject({ kind: 'unanswered' });
    });
  });

  describe('a refusal about the shop', () => {
    it.each([
      ['8', undefined],
      ['12', 'رسید یافت نشد'],
      ['merchantIpAddressIsInvalid', undefined],
      ['-106', undefined],
      [undefined, 'درخواست از نشانی 10.0.0.1 آمده که نشانی ثبت\u200cشدهٔ سرور این پذیرنده نیست.'],
      [undefined, 'آدرس سرور پذيرنده نامعتبر است'],
      [undefined, 'آی\u200cپی شما مجاز نیست'],
      [undefined, 'کلید پذیرنده (apiKey) نامعتبر است.'],
      [undefined, 'The IP of your server is not registered'],
      [undefined, 'Invalid api_key'],
      [undefined, 'شماره ترمینال یافت نشد'],
    ])('is one with code %s and text %s', async (errorCode, faMessage) => {
      expect(await verified(json({ errorCode, faMessage }))).toMatchObject({
        kind: 'refused',
        aboutShop: true,
      });
    });

    it.each([
      ['5', 'پارامترهای ارسالی نامعتبر است'],
      ['10', undefined],
      ['22', 'رسیدی با این شماره برای این پذیرنده یافت نشد.'],
      [undefined, 'این پرداخت در مهلت مقرر تایید نشد و مبلغ آن به خریدار برگشته است.'],
      [undefined, 'bad request {"apiKey":"x","terminalId":"1","referenceNumber":"y"}'],
      [undefined, 'the recipient was reversed'],
    ])('is none with code %s and text %s', async (errorCode, faMessage) => {
      expect(await verified(json({ errorCode, faMessage }))).toMatchObject({
        kind: 'refused',
        aboutShop: false,
      });
    });
  });
});

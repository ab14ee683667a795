import { AtipayError } from 'express-atipay';
import type { Context } from '../../lib/payments/context';
import { noAnswer, refused } from '../../lib/payments/gateway-problem';

const said = (gatewayUrl: string, trouble: string): string => {
  const error = new AtipayError('ERR_ATIPAY_GATEWAY_UNAVAILABLE', `No answer: ${trouble}.`, { status: 504 });
  const context = { settings: { gatewayUrl } } as Context;
  const problem = noAnswer(context, 'get-token', { kind: 'unanswered', error, reusedConnection: false });
  expect(problem).toMatchObject({ code: 'ERR_ATIPAY_GATEWAY_UNAVAILABLE', status: 504 });
  return problem.message;
};

test.each([
  [
    'http://127.0.0.1:4000/v1',
    'ECONNREFUSED',
    'No answer: ECONNREFUSED. The URL was http://127.0.0.1:4000/v1/get-token. Is the simulator running? npx atipay-simulator',
  ],
  [
    'http://127.0.0.1:4000/v1',
    'ECONNRESET',
    'No answer: ECONNRESET. The URL was http://127.0.0.1:4000/v1/get-token.',
  ],
  [
    'https://mipg.atipay.net/v1',
    'ECONNREFUSED',
    'No answer: ECONNREFUSED. The URL was https://mipg.atipay.net/v1/get-token.',
  ],
  [
    'https://mipg.atipay.net/v12',
    'ENOTFOUND',
    'No answer: ENOTFOUND. The URL was https://mipg.atipay.net/v12/get-token.',
  ],
  [
    'https://mipg.atipay.net/v1/api',
    'ENOTFOUND',
    'No answer: ENOTFOUND. The URL was https://mipg.atipay.net/v1/api/get-token. Is /v1 missing at the end of gatewayUrl?',
  ],
  [
    'https://mipg.atipay.net',
    'ENOTFOUND',
    'No answer: ENOTFOUND. The URL was https://mipg.atipay.net/get-token. Is /v1 missing at the end of gatewayUrl?',
  ],
])(
  'a call to %s that ends with %s names the URL, and asks about what is often forgotten',
  (url, trouble, words) => {
    expect(said(url, trouble)).toBe(words);
  },
);

const CHECK =
  ' The reason is the shop: check the API key, the terminal and the registered IP address in AtiPay’s panel.';

test.each([
  ['12', 'wrong key', true, `AtiPay refused a token (code 12: wrong key).${CHECK}`],
  ['12', undefined, false, 'AtiPay refused a token (code 12).'],
  [undefined, 'wrong key', false, 'AtiPay refused a token (wrong key).'],
  [undefined, undefined, false, 'AtiPay refused a token (no reason given).'],
])('a refusal with code %s and the words %s is quoted', (code, description, aboutShop, words) => {
  const error = refused('get-token', { code, description, aboutShop });
  expect(error).toMatchObject({ message: words, code: 'ERR_ATIPAY_TOKEN_REFUSED', status: 502 });
});

test('a refusal of verify-payment is named by its service', () => {
  const error = refused('verify-payment', { code: '5', description: undefined, aboutShop: false });
  expect(error).toMatchObject({
    message: 'AtiPay refused verify-payment (code 5).',
    code: 'ERR_ATIPAY_VERIFY_REFUSED',
  });
});

import { given, problems } from './given';

describe.each(['publicUrl', 'gatewayUrl'] as const)('%s', (name) => {
  it.each([
    ['https://shop.example', 'https://shop.example'],
    ['https://shop.example/', 'https://shop.example'],
    ['https://shop.example/payment/', 'https://shop.example/payment'],
    ['https://shop.example/a/b//', 'https://shop.example/a/b'],
    ['http://localhost:3000/pay', 'http://localhost:3000/pay'],
    ['http://[::1]:3000/pay', 'http://[::1]:3000/pay'],
    ['https://xn--mgba3a4f16a.example/%D9%BE', 'https://xn--mgba3a4f16a.example/%D9%BE'],
    ['https://shop.example/@fa/pay', 'https://shop.example/@fa/pay'],
  ])('of %s is used as %s', (url, used) => expect(given({ [name]: url }).settings[name]).toBe(used));

  it.each([
    ...[
      'shop.example',
      '/payment',
      '//shop.example',
      'ftp://shop.example',
      'javascript:alert(1)',
      'https://',
    ],
    ...[
      'https://shop.example/?a=1',
      'https://shop.example/pay?',
      'https://shop.example/#a',
      'https://shop.example/pay#',
    ],
    ...[
      'https://user@shop.example',
      'https://user:pass@shop.example/pay',
      'https://@shop.example',
      'https://:@shop.example',
    ],
    ...[
      ' https://shop.example',
      'https://shop.example/a b',
      'https://shop.example:99999',
      'https:/shop.example',
    ],
    ...['https://shop.example/pay\n', 'https://shop.example\\pay', 5, {}, ['https://shop.example']],
  ])('is not %j', (url) => {
    expect(problems({ [name]: url })).toEqual([expect.stringContaining(`- ${name} is not right`)]);
  });
});

describe('resultUrl', () => {
  const toOrder = (): string => '/orders';

  it.each([
    '/',
    '/orders',
    '/orders?x=1#y',
    'https://shop.example/orders',
    'http://localhost:3000',
    '/سفارش',
    toOrder,
  ])('may be %p', (resultUrl) => expect(given({ resultUrl }).settings.resultUrl).toBe(resultUrl));

  it.each([
    ...[
      'orders',
      'orders/x',
      '//elsewhere.example',
      '/\\elsewhere.example',
      'https:elsewhere.example',
      'http://',
      'https:///x',
    ],
    ...[
      'javascript:alert(1)',
      'data:text/html,x',
      'mailto:a@b.example',
      ' /orders',
      '/orders\n',
      '\t//x.example',
    ],
    ...[5, true, {}, ['/orders']],
  ])('is not %j', (resultUrl) => {
    expect(problems({ resultUrl })).toEqual([expect.stringContaining('- resultUrl is not right')]);
  });
});

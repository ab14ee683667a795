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
    // Bytes that are no UTF-8 text, or no bytes.
    ...[
      'https://shop.example/%E0',
      'https://shop.example/%E0%A4/pay',
      'https://shop.example/%',
      'https://shop.example/%zz',
    ],
    ...['https://shop.example/pay\n', 'https://shop.example\\pay', 5, {}, ['https://shop.example']],
  ])('is not %j', (url) => {
    expect(problems({ [name]: url })).toEqual([expect.stringContaining(`- ${name}: expected `)]);
  });
});

describe.each(['publicUrl', 'gatewayUrl'] as const)('a %s is refused with the reason:', (name) => {
  it.each([
    ['shop.example/payment', 'got one that does not begin with https://.'],
    ['https:/shop.example', 'got one that does not begin with https://.'],
    ['ftp://shop.example', 'got one whose scheme is neither https: nor http:.'],
    ['https://shop.example/?a=1', 'got one with a query: leave out everything from the ? on.'],
    ['https://shop.example/#a', 'got one with a fragment: leave out everything from the # on.'],
    ['https://user:pass@shop.example', 'got one with a user or a password.'],
    ['https://فروشگاه.ایران/pay', 'host is not ASCII: write the host as xn--mgbtj4c7ad63e.xn--mgba3a4f16a.'],
    [
      'https://shop.example/پرداخت',
      'got one with characters that must be percent-encoded, as encodeURI does.',
    ],
    ['https://shop.example:99999', 'got one that is no URL.'],
    ['', 'it is empty.'],
    [5, 'got a number.'],
  ])('%j', (url, got) => {
    expect(problems({ [name]: url })).toEqual([expect.stringMatching(/; (got|it is) /)]);
    expect(problems({ [name]: url })[0]?.endsWith(got)).toBe(true);
  });
});

test('a gatewayUrl that would send the key in the clear is refused with that', () => {
  const [problem = ''] = problems({ gatewayUrl: 'http://10.0.0.4/v1' });
  expect(problem.endsWith('got one with http:, which would send the API key in the clear.')).toBe(true);
});

const WRONG = [
  ...['orders', 'orders/x', '//elsewhere.example', '/\\elsewhere.example', 'https:elsewhere.example'],
  ...['http://', 'https:///x', 'javascript:alert(1)', 'javascript://%0aalert(1)', 'data:text/html,x'],
  ...['mailto:a@b.example', 'blob:/x', 'file:///x', ' /orders', '/orders\n', '\t//x.example'],
  ...[5, true, {}, ['/orders']],
];
const RIGHT = [
  ...['/', '/orders', '/orders?x=1#y', 'https://shop.example/orders', 'http://localhost:3000', '/سفارش'],
  ...['myshop://orders', 'ir.shop.app:/orders'],
];

describe.each(['resultUrl', 'retryUrl'] as const)('%s', (name) => {
  const toOrder = (): string => '/orders';

  it.each([...RIGHT, toOrder])('may be %p', (url) => expect(given({ [name]: url }).settings[name]).toBe(url));

  it.each(WRONG)('is not %j', (url) => {
    expect(problems({ [name]: url })).toEqual([expect.stringContaining(`- ${name}: expected `)]);
  });
});

describe('shop.url', () => {
  const url = (changes: object): string => given(changes).settings.shop.url;

  it.each(RIGHT)('may be %p', (right) => expect(url({ shop: { name: 'Shoes', url: right } })).toBe(right));

  it.each(WRONG)('is not %j', (wrong) => {
    expect(problems({ shop: { name: 'Shoes', url: wrong } })).toEqual([
      expect.stringContaining('- shop.url: expected '),
    ]);
  });

  it('is a resultUrl that is an address, else the root of the origin', () => {
    expect(url({ shop: { name: 'Shoes', url: '/shops/north' }, resultUrl: '/orders' })).toBe('/shops/north');
    expect(url({ shop: { name: 'Shoes' }, resultUrl: '/shops/north/orders' })).toBe('/shops/north/orders');
    expect(url({ resultUrl: () => '/orders' })).toBe('https://shop.example/');
    expect(url({})).toBe('https://shop.example/');
  });
});

describe('shop.logo', () => {
  it.each(['/logo.png', 'https://cdn.example/logo.svg?v=1'])('may be %p', (logo) => {
    expect(given({ shop: { name: 'Shoes', logo } }).settings.shop.logo).toBe(logo);
  });

  it.each(['logo.png', 'data:image/png;base64,x', 'myshop://logo', 5])('is not %j', (logo) => {
    expect(problems({ shop: { name: 'Shoes', logo } })).toEqual([
      expect.stringContaining('- shop.logo: expected '),
    ]);
  });
});

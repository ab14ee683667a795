import { isSafeAddress, isSafeUrl, isWebUrl } from '../lib/safe-url';

const WEB = [
  'https://shop.example/orders/42',
  'http://localhost:3000/orders/42?a=1&b=2#c',
  'HTTPS://SHOP.EXAMPLE/',
  'https://فروشگاه.example/سفارش/۴۲',
  '/orders/42',
  '/orders/a b;c"d\'e',
  '/go?to=javascript:alert(1)',
  '/سفارش/۴۲',
  '/',
];
const RELATIVE = ['orders/42', '../orders/42', '?order=42', '?'];
const APP = [
  'myshop://orders/42',
  'MyShop://orders/42',
  'myshop://',
  'ir.shop.app:/orders/42',
  'intent://orders/42#Intent;scheme=myshop;package=ir.shop.app;end',
];

const UNSAFE = [
  '',
  'javascript:alert(1)',
  'javascript://%0aalert(1)',
  'JavaScript://%0aalert(1)',
  ' javascript:alert(1)',
  '\tjavascript:alert(1)',
  'java\nscript:alert(1)',
  'java\u0000script:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:/text/html,x',
  'vbscript:x',
  'vbscript:/x',
  'file:///etc/passwd',
  'blob:https://shop.example/1',
  'blob:/x',
  'filesystem:/x',
  'about:/blank',
  'content://contacts',
  'view-source:/x',
  'jar:/x',
  'mailto:a@shop.example',
  'shop.example:8080/x',
  '//evil.example/x',
  '/\\evil.example/x',
  '\\\\evil.example/x',
  '/\t/evil.example/x',
  'https:evil.example',
  'https:/evil.example',
  'https:///evil.example',
  'https://',
  'https://a b/',
  'myshop://orders\n',
  'myshop:\\\\orders',
  "'/orders/42'",
  '"/orders/42',
  '/orders/42\n',
  '/orders/42 ',
];

describe('an address that a page may lead to', () => {
  it.each([...WEB, ...RELATIVE, ...APP])('is a path, an http(s) address or an app link: %s', (url) => {
    expect(isSafeUrl(url)).toBe(true);
  });

  it.each(UNSAFE)('is nothing else: %j', (url) => {
    expect([isSafeUrl(url), isWebUrl(url), isSafeAddress(url)]).toEqual([false, false, false]);
  });
});

it.each(APP)('a picture does not come from an app: %s', (url) => {
  expect(isWebUrl(url)).toBe(false);
});

it.each([...WEB, ...APP])('an option may be %s', (url) => expect(isSafeAddress(url)).toBe(true));

it.each(RELATIVE)('an option is not relative to the page that it stands on: %s', (url) => {
  expect(isSafeAddress(url)).toBe(false);
});

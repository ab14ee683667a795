import { isLoopback, paymentOrigin } from '../../lib/core/origin';

test.each([
  ['https://shop.example/payment', 'https://shop.example'],
  ['https://shop.example:8443/payment', 'https://shop.example:8443'],
  ['http://shop.example', 'http://shop.example'],
  ['http://localhost:3000/payment', 'loopback'],
  ['http://127.0.0.1:3001/payment', 'loopback'],
  ['http://[::1]/payment', 'loopback'],
])('payments of %s belong to %s', (publicUrl, origin) => {
  expect(paymentOrigin(publicUrl)).toBe(origin);
});

test.each(['localhost', '127.0.0.1', '127.12.34.254', '[::1]'])('%s is this machine', (hostname) => {
  expect(isLoopback(hostname)).toBe(true);
});

test.each([
  'localhost.example',
  'my.localhost',
  '127.0.0.1.example',
  '1127.0.0.1',
  '127.0.1',
  '128.0.0.1',
  '[::2]',
])('%s is another machine', (hostname) => {
  expect(isLoopback(hostname)).toBe(false);
});

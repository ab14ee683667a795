import { checkFormAction } from '../../lib/simulator/form-action';

const following = (policy: string, target: string) => () =>
  checkFormAction(
    { url: 'https://shop.example/pay', headers: { 'content-security-policy': policy } },
    target,
    'it',
  );

const GATEWAY = 'https://mipg.example/v1/redirect-to-gateway';

test.each([
  ["default-src 'none'", GATEWAY],
  ['form-action http:', GATEWAY],
  ['form-action mipg.example:443', GATEWAY],
  ['form-action http://mipg.example:80', 'http://mipg.example/v1'],
  ['form-action https://*.example:*', 'https://mipg.example:8443/v1'],
])('a browser follows a form of a page that says %s to %s', (policy, target) => {
  expect(following(policy, target)).not.toThrow();
});

test.each([
  ['form-action https:', 'http://mipg.example/v1'],
  ['form-action mipg.example:80', GATEWAY],
  ['form-action mipg.example:443', 'https://mipg.example:8443/v1'],
  ['form-action http://mipg.example:443', 'http://mipg.example/v1'],
])('a browser stops a form of a page that says %s on its way to %s', (policy, target) => {
  expect(following(policy, target)).toThrow('A browser would stop here');
});

import { PAGE, paymentsPage } from '../harness/docs/payments';
import { readPage } from './markdown';

test('docs/payments.md is the output of npm run docs:payments', () => {
  expect(readPage(PAGE)).toBe(paymentsPage());
});

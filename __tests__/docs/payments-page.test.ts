import { PAGE, paymentsPage } from '../harness/docs/payments';
import { readPage } from './markdown';

test('docs/payments.md is what npm run docs:payments writes', () => {
  expect(readPage(PAGE)).toBe(paymentsPage());
});

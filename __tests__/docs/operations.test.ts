import type { PaymentRecord, PaymentStatus } from 'express-atipay';
import { EVERY } from '../../lib/core/statuses';
import { explain } from '../../lib/operator/explain';
import { statusText } from '../../lib/operator/texts/statuses';
import { aRecord, NOW } from '../support/record';
import { tableWith } from './markdown';

/** The usual payment of a status, where there are several. */
const USUAL: Partial<Record<PaymentStatus, Partial<PaymentRecord>>> = {
  paid: { traceNumber: '812551', hookDeliveredAt: NOW },
  failed: { failureReason: 'Failed' },
  review: { failureReason: 'AmountMismatch' },
};

test.each([
  ['docs/operations.md', 'en'],
  ['docs/fa/operations.md', 'fa'],
] as const)('%s: the sentences for the phone are those of the desk', (page, locale) => {
  const rows = tableWith(page, statusText('created', locale)).map(([status, , said]) => [status, said]);
  const shown = EVERY.map((status) => {
    const { buyer } = explain(aRecord({ status, ...USUAL[status] }), locale, NOW);
    return [statusText(status, locale), buyer];
  });
  expect(rows).toEqual(shown);
});

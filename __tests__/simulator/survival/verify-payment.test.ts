import type { SimulatorFault } from '../../../lib/simulator';
import { CALL_TIMEOUT_MS, HOUR, MINUTE } from '../../support/shop';
import { Survival } from './survival';

let at: Survival;

beforeEach(async () => {
  at = await Survival.open();
});

afterEach(() => at.close());

/** An answer of verify-payment, the payment's status when the buyer is back, and its end. */
const VERIFY: [SimulatorFault, string, string][] = [
  [{ on: 'verify-payment', kind: 'delay', ms: 30 }, 'paid', 'paid'],
  [{ on: 'verify-payment', kind: 'delay', ms: 2 * CALL_TIMEOUT_MS, times: 3 }, 'verifying', 'paid'],
  [{ on: 'verify-payment', kind: 'no-answer' }, 'paid', 'paid'],
  [{ on: 'verify-payment', kind: 'no-answer', times: 3 }, 'verifying', 'paid'],
  [{ on: 'verify-payment', kind: 'reset' }, 'paid', 'paid'],
  [{ on: 'verify-payment', kind: 'reset', times: 3 }, 'verifying', 'paid'],
  [{ on: 'verify-payment', kind: 'answer-lost' }, 'paid', 'paid'],
  [{ on: 'verify-payment', kind: 'answer-lost', times: 3 }, 'verifying', 'paid'],
  [{ on: 'verify-payment', kind: 'answer-lost', by: 'silence', times: 3 }, 'verifying', 'paid'],
  [{ on: 'verify-payment', kind: 'http', status: 500, times: 3 }, 'verifying', 'paid'],
  [{ on: 'verify-payment', kind: 'http', status: 503, body: 'empty', times: 3 }, 'verifying', 'paid'],
  [{ on: 'verify-payment', kind: 'http', status: 403, body: 'json', times: 3 }, 'verifying', 'paid'],
  [{ on: 'verify-payment', kind: 'http', status: 429, body: 'html', times: 3 }, 'verifying', 'paid'],
  [{ on: 'verify-payment', kind: 'http', status: 400, body: 'json', times: 3 }, 'verifying', 'paid'],
  [{ on: 'verify-payment', kind: 'amount', as: 'missing', times: 3 }, 'verifying', 'paid'],
  [{ on: 'verify-payment', kind: 'garbage', times: 3 }, 'verifying', 'paid'],
  [{ on: 'verify-payment', kind: 'truncated', times: 3 }, 'verifying', 'paid'],
  [{ on: 'verify-payment', kind: 'truncated', by: 'connection', times: 3 }, 'verifying', 'paid'],
  [{ on: 'verify-payment', kind: 'amount', as: 'float' }, 'paid', 'paid'],
  [{ on: 'verify-payment', kind: 'amount', as: 'integer' }, 'paid', 'paid'],
  [{ on: 'verify-payment', kind: 'amount', as: 'string' }, 'paid', 'paid'],
];

describe('a shop whose verify-payment', () => {
  test.each(VERIFY)('does %j has its payment %s, and in the end %s', async (fault, soon, end) => {
    at.strike(fault);
    const { invoiceNumber } = await at.simulator.pay(await at.checkout());
    expect(await at.state(invoiceNumber)).toBe(soon);

    await at.pass(20 * MINUTE);
    expect(await at.state(invoiceNumber)).toBe(end);
    expect(at.ended(invoiceNumber)).toEqual(['verified', 1]);
  });

  test.each<[SimulatorFault, string, string]>([
    [{ on: 'verify-payment', kind: 'refuse' }, 'failed/VerificationRefused', 'returned'],
    [{ on: 'verify-payment', kind: 'amount', amount: 0 }, 'failed/VerificationRefused', 'returned'],
    [{ on: 'verify-payment', kind: 'amount', amount: -17 }, 'failed/VerificationRefused', 'returned'],
    [{ on: 'verify-payment', kind: 'amount', amount: 24_999 }, 'review/AmountMismatch', 'verified'],
  ])('does %j ends as %s, and nothing is served', async (fault, end, books) => {
    at.strike(fault);
    const { invoiceNumber } = await at.simulator.pay(await at.checkout());
    expect(await at.state(invoiceNumber)).toBe(end);

    await at.pass(2 * HOUR, 30 * MINUTE);
    expect(await at.state(invoiceNumber)).toBe(end);
    expect(at.ended(invoiceNumber)).toEqual([books, 0]);
  });

  it.each(['address', 'apiKey'] as const)(
    'is refused for the shop’s %s is asked again, and confirms once the shop is set right',
    async (reason) => {
      at.strike({ on: 'verify-payment', kind: 'refuse', reason });
      const { invoiceNumber } = await at.simulator.pay(await at.checkout());
      expect(await at.state(invoiceNumber)).toBe('verifying');

      await at.pass(20 * MINUTE);
      expect(await at.state(invoiceNumber)).toBe('paid');
      expect(at.ended(invoiceNumber)).toEqual(['verified', 1]);
    },
  );

  it('takes effect unheard and is refused when asked again leaves it to a person', async () => {
    at.strike(
      { on: 'verify-payment', kind: 'answer-lost' },
      { on: 'verify-payment', kind: 'refuse', code: -6 },
    );
    const { invoiceNumber } = await at.simulator.pay(await at.checkout());
    expect(await at.state(invoiceNumber)).toBe('review/VerificationUnclear');
    expect(at.ended(invoiceNumber)).toEqual(['verified', 0]);
  });

  it.each<[string, SimulatorFault, string]>([
    [
      'is silent for the whole window though it took effect ends in review, and is paid when it speaks again',
      { on: 'verify-payment', kind: 'answer-lost', times: 'always' },
      'paid',
    ],
    [
      'is silent for the whole window and never worked ends in review, and the money is back with the buyer',
      { on: 'verify-payment', kind: 'no-answer', times: 'always' },
      'review/VerificationTimedOut',
    ],
  ])('%s', async (_name, fault, end) => {
    at.strike(fault);
    const { invoiceNumber } = await at.simulator.pay(await at.checkout());
    await at.pass(50 * MINUTE);
    expect(await at.state(invoiceNumber)).toBe('review/VerificationTimedOut');
    expect(at.shop.hooks.map(({ hook }) => hook)).toEqual(['onReview']);

    at.simulator.faults.clear();
    await at.pass(2 * HOUR, 30 * MINUTE);
    const paid = end === 'paid';
    expect([(await at.state(invoiceNumber)).split('/')[0], at.served()]).toEqual([
      paid ? 'paid' : 'review',
      paid ? 1 : 0,
    ]);
    expect(at.ended(invoiceNumber)[0]).toBe(paid ? 'verified' : 'returned');
  });
});

import { refused, type Rule } from '../bench';
import { call, verify } from '../gateway';

export const verifyPayment: Rule[] = [
  {
    rule: 'V1',
    says: 'the amount is written as a float',
    holds: async (bench) => {
      for (const [amount, text] of [
        [1, '1.0'],
        [10_000, '10000.0'],
        [9_999_999, '9999999.0'],
        [10_000_000, '1.0E7'],
        [123_456_789, '1.23456789E8'],
      ] as const) {
        const paid = await bench.simulator.pay(await bench.buy({ amount }));
        const answer = await verify(bench.simulator, paid.referenceNumber);
        expect(answer.text).toBe(`{"amount":${text}}`);
        expect(answer.json['amount']).toBe(amount);
      }
    },
  },
  {
    rule: 'V2',
    says: 'a receipt is confirmed for its own merchant only',
    holds: async (bench) => {
      await bench.restart({ merchants: [{ apiKey: 'second', terminalId: '2' }] });
      const { referenceNumber, invoiceNumber } = await bench.pay();
      refused(await verify(bench.simulator, referenceNumber, { apiKey: 'second', terminalId: '2' }), '22');
      expect(bench.simulator.ledger.find(invoiceNumber)?.status).toBe('taken');
    },
  },
  {
    rule: 'V3',
    says: 'the terminal may be left out, and must be right',
    holds: async (bench) => {
      const { referenceNumber } = await bench.pay();
      refused(await verify(bench.simulator, referenceNumber, { terminalId: '999' }), '12');
      for (const terminalId of [undefined, null, '', bench.simulator.terminalId]) {
        expect((await verify(bench.simulator, referenceNumber, { terminalId })).json).toEqual({
          amount: 250_000,
        });
      }
    },
  },
  {
    rule: 'V4',
    says: 'an unknown receipt is refused',
    holds: async (bench) => {
      const { referenceNumber } = await bench.pay();
      refused(await verify(bench.simulator, referenceNumber.toLowerCase()), '22');
      refused(
        await call(bench.simulator, 'verify-payment', { apiKey: bench.simulator.apiKey }),
        '5',
        'referenceNumber',
      );
      refused(
        await call(bench.simulator, 'verify-payment', { apiKey: bench.simulator.apiKey, referenceNumber: 7 }),
        '5',
      );
    },
  },
  {
    rule: 'V5',
    says: 'a receipt is confirmed again',
    holds: async (bench) => {
      const { referenceNumber } = await bench.pay();
      const first = await verify(bench.simulator, referenceNumber);
      bench.simulator.advance(24 * 3_600_000);
      expect((await verify(bench.simulator, referenceNumber)).text).toBe(first.text);
      expect(bench.simulator.ledger.find(referenceNumber)).toMatchObject({
        status: 'verified',
        verifyCount: 2,
      });
    },
  },
  {
    rule: 'V6',
    says: 'money nobody verified goes back after half an hour',
    holds: async (bench) => {
      const now = Date.now();
      await bench.restart({ now: () => now });
      const { invoiceNumber } = await bench.pay();
      bench.simulator.advance(30 * 60_000 - 1);
      expect(bench.simulator.ledger.find(invoiceNumber)?.status).toBe('taken');
      bench.simulator.advance(1);
      expect(bench.simulator.ledger.find(invoiceNumber)).toMatchObject({
        status: 'returned',
        returnedAt: now + 30 * 60_000,
      });
    },
  },
  {
    rule: 'V7',
    says: 'money that went back is not confirmed',
    holds: async (bench) => {
      const { referenceNumber } = await bench.pay();
      bench.simulator.advance(30 * 60_000);
      refused(await verify(bench.simulator, referenceNumber), '23');
      expect(bench.simulator.ledger.find(referenceNumber)).toMatchObject({
        status: 'returned',
        verifyCount: 0,
      });
    },
  },
  {
    rule: 'V8',
    says: 'money that was verified stays',
    holds: async (bench) => {
      const { referenceNumber } = await bench.pay();
      await verify(bench.simulator, referenceNumber);
      bench.simulator.advance(365 * 24 * 3_600_000);
      expect(bench.simulator.ledger.find(referenceNumber)?.status).toBe('verified');
    },
  },
];

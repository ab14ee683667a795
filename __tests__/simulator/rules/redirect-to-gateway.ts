import { type Rule } from '../bench';
import { redirect } from '../gateway';

export const toGateway: Rule[] = [
  {
    rule: 'R1',
    says: 'the form has a token',
    holds: async (bench) => {
      const answer = await redirect(bench.simulator, undefined);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('TokenRequired');
    },
  },
  {
    rule: 'R2',
    says: 'an unknown token leads to an error page',
    holds: async (bench) => {
      const answer = await redirect(bench.simulator, 'f'.repeat(32));
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('TokenNotFound');
      expect(answer.text).not.toContain('<form');
    },
  },
  {
    rule: 'R3',
    says: 'a token leads to the bank once',
    holds: async (bench) => {
      const issued = await bench.buy();
      expect((await redirect(bench.simulator, issued)).status).toBe(302);
      expect((await redirect(bench.simulator, issued)).status).toBe(400);
    },
  },
  {
    rule: 'R4',
    says: 'a token is good for a quarter of an hour',
    holds: async (bench) => {
      const now = Date.now();
      await bench.restart({ now: () => now });
      const [first, second] = [await bench.buy(), await bench.buy()];
      bench.simulator.advance(15 * 60_000 - 1);
      expect((await redirect(bench.simulator, first)).status).toBe(302);
      bench.simulator.advance(1);
      expect((await redirect(bench.simulator, second)).status).toBe(400);
      expect(bench.simulator.ledger.find(second)?.status).toBe('expired');
    },
  },
  {
    rule: 'R5',
    says: 'the way to the bank leads over another origin',
    holds: async (bench) => {
      await bench.restart({ bankOrigin: (port) => `http://bank.test:${port}` });
      const issued = await bench.buy();
      const { location } = await redirect(bench.simulator, issued);
      expect(location).toMatch(new RegExp(`^http://bank\\.test:${bench.simulator.port}/bank/[\\w-]{22}$`));
      expect((await bench.simulator.pay(location)).response.status).toBe(303);
      expect(bench.shop.received[0]?.headers.origin).toBe(`http://bank.test:${bench.simulator.port}`);
    },
  },
];

import { readFileSync } from 'node:fs';
import { type Rule } from '../bench';
import { redirect, verify } from '../gateway';

export const wayBack: Rule[] = [
  {
    rule: 'C1',
    says: 'it goes to the URL as it was given',
    holds: async (bench) => {
      await bench.simulator.pay(
        await bench.buy({ redirectUrl: `${bench.shop.url}/back/INV%2F9?order=7&lang=fa&x="'` }),
      );
      expect(bench.shop.received[0]?.url).toBe('/back/INV%2F9?order=7&lang=fa&x=%22%27');
    },
  },
  {
    rule: 'C2',
    says: 'state and status are a pair of Table 1',
    holds: async (bench) => {
      const document = readFileSync('docs/protocol.md', 'utf8');
      const table = [...document.matchAll(/^\| (\d+) +\| (\w+) +\|/gm)];
      expect(table).toHaveLength(9);
      for (const [, status, state] of table) {
        const { callback } = await bench.simulator.finish(await bench.buy(), {
          state: state as 'OK',
          deliver: false,
        });
        expect([callback.state, callback.status]).toEqual([state, status]);
      }
    },
  },
  {
    rule: 'C3',
    says: 'a receipt has 50 characters, among them a slash',
    holds: async (bench) =>
      expect((await bench.pay()).callback.referenceNumber).toMatch(/^(?=.*\/)[A-Za-z0-9+/]{50}$/),
  },
  {
    rule: 'C4',
    says: 'a failure has no receipt',
    holds: async (bench) => {
      const { callback } = await bench.simulator.fail(await bench.buy());
      expect(Object.keys(callback).sort()).toEqual(['reservationNumber', 'state', 'status', 'terminalId']);
    },
  },
  {
    rule: 'C5',
    says: 'it names the invoice and the terminal',
    holds: async (bench) => {
      for (const state of ['OK', 'Failed'] as const) {
        const { callback, invoiceNumber } = await bench.simulator.finish(await bench.buy(), { state });
        expect(callback).toMatchObject({
          reservationNumber: invoiceNumber,
          terminalId: bench.simulator.terminalId,
        });
      }
    },
  },
  {
    rule: 'C6',
    says: 'a payment brings its trace number, its bank reference and the masked card',
    holds: async (bench) => {
      const { callback, invoiceNumber } = await bench.pay();
      const { traceNumber, rrn, maskedPan } = bench.simulator.ledger.find(invoiceNumber) ?? {};
      expect([traceNumber, rrn, maskedPan]).not.toContain(undefined);
      expect(callback).toMatchObject({ traceNumber, rrn, maskedPan });
    },
  },
  {
    rule: 'C7',
    says: 'a buyer who stays too long comes back with SessionIsNull',
    holds: async (bench) => {
      const { location } = await redirect(bench.simulator, await bench.buy());
      bench.simulator.advance(15 * 60_000);
      const page = await (await fetch(location)).text();
      expect(page).toContain('name="state" value="SessionIsNull"');
      expect(page).toContain('name="status" value="4"');
    },
  },
  {
    rule: 'C8',
    says: 'a second click changes nothing, and leads back the same way',
    holds: async (bench) => {
      const { simulator } = bench;
      const { location } = await redirect(simulator, await bench.buy());
      const { referenceNumber, callback } = await simulator.pay(location);
      await verify(simulator, referenceNumber);
      const booked = simulator.ledger.find(referenceNumber);
      for (const state of ['OK', 'CanceledByUser']) {
        const again = await fetch(location, { method: 'POST', body: new URLSearchParams({ state }) });
        expect(await again.text()).toContain(
          `name="referenceNumber" value="${String(callback.referenceNumber)}"`,
        );
      }
      expect(simulator.ledger.find(referenceNumber)).toEqual(booked);
    },
  },
];

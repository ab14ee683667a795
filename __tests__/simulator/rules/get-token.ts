import { accepted, refused, type Rule } from '../bench';

const IBAN = 'IR120620000000202901868005';
const OTHER_IBAN = 'IR060170000000107632200000';

export const getToken: Rule[] = [
  {
    rule: 'T1',
    says: 'the amount is a positive whole number',
    holds: async (bench) => {
      accepted(await bench.token({ amount: 1 }));
      for (const amount of [undefined, null, 0, -1, 1.5, '1000', true, 2 ** 53]) {
        refused(await bench.token({ amount }), '5', 'amount');
      }
    },
  },
  {
    rule: 'T2',
    says: 'the buyer’s mobile number is required',
    holds: async (bench) => {
      for (const cellNumber of ['09121234567', '989121234567', '+989121234567']) {
        accepted(await bench.token({ cellNumber }));
      }
      for (const cellNumber of [undefined, '', '02112345678', '0912123456', 9_121_234_567]) {
        refused(await bench.token({ cellNumber }), '5', 'cellNumber');
      }
      await bench.restart({ cellNumberRequired: false });
      accepted(await bench.token({ cellNumber: undefined }));
      refused(await bench.token({ cellNumber: '0912' }), '5', 'cellNumber');
    },
  },
  {
    rule: 'T3',
    says: 'the description is a string or nothing',
    holds: async (bench) => {
      accepted(await bench.token({ description: undefined }));
      refused(await bench.token({ description: 5 }), '5', 'description');
    },
  },
  {
    rule: 'T4',
    says: 'the invoice number is a string',
    holds: async (bench) => {
      for (const invoiceNumber of [undefined, '', 12]) {
        refused(await bench.token({ invoiceNumber }), '5', 'invoiceNumber');
      }
    },
  },
  {
    rule: 'T5',
    says: 'the invoice number has at most 40 characters',
    holds: async (bench) => {
      accepted(await bench.token({ invoiceNumber: 'x'.repeat(40) }));
      refused(await bench.token({ invoiceNumber: 'x'.repeat(41) }), '5', 'invoiceNumber');
    },
  },
  {
    rule: 'T6',
    says: 'an invoice number is used once, by a merchant',
    holds: async (bench) => {
      await bench.restart({ merchants: [{ apiKey: 'second', terminalId: '2' }] });
      accepted(await bench.token({ invoiceNumber: 'A1' }));
      bench.simulator.advance(3_600_000);
      refused(await bench.token({ invoiceNumber: 'A1' }), '24', 'A1');
      accepted(await bench.token({ invoiceNumber: 'a1' }));
      accepted(await bench.token({ invoiceNumber: 'A1', apiKey: 'second' }));
    },
  },
  {
    rule: 'T7',
    says: 'the buyer is sent back to an absolute http or https URL',
    holds: async (bench) => {
      accepted(await bench.token({ redirectUrl: 'http://shop.example/' }));
      for (const redirectUrl of [undefined, '', '/back', 'shop.example/back', 'javascript:alert(1)']) {
        refused(await bench.token({ redirectUrl }), '5', 'redirectUrl');
      }
    },
  },
  {
    rule: 'T8',
    says: 'that URL is on the registered host',
    holds: async (bench) => {
      await bench.restart({ registeredDomain: 'shop.example' });
      accepted(await bench.token({ redirectUrl: 'https://SHOP.example:8443/back' }));
      refused(await bench.token({ redirectUrl: 'https://shop.example.evil.test/back' }), '5', 'shop.example');
    },
  },
  {
    rule: 'T9',
    says: 'shares add up to the amount',
    holds: async (bench) => {
      const shares = (first: unknown, second: unknown) =>
        bench.token({
          amount: 100,
          scatteredSettlementItems: [
            { iban: IBAN, amount: first },
            { iban: OTHER_IBAN, amount: second },
          ],
        });
      accepted(await shares(60, 40));
      refused(await shares(60, 41), '5', 'amount');
      refused(await shares(101, -1), '5');
      refused(await shares('60', 40), '5');
    },
  },
  {
    rule: 'T10',
    says: 'no share’s IBAN comes twice',
    holds: async (bench) => {
      const twice = [1, 2].map(() => ({ iban: IBAN, amount: 50 }));
      refused(await bench.token({ amount: 100, scatteredSettlementItems: twice }), '5', 'شبا');
    },
  },
  {
    rule: 'T11',
    says: 'an IBAN is well formed and registered',
    holds: async (bench) => {
      const to = (iban: unknown) =>
        bench.token({ amount: 9, scatteredSettlementItems: [{ iban, amount: 9 }] });
      accepted(await to(IBAN));
      for (const iban of [undefined, 'IR12', IBAN.toLowerCase(), `${IBAN}0`])
        refused(await to(iban), '5', 'شبا');
      refused(await bench.token({ scatteredSettlementItems: [] }), '5');
      refused(await bench.token({ scatteredSettlementItems: [null] }), '5');
      await bench.restart({ registeredIbans: [IBAN] });
      accepted(await to(IBAN));
      refused(await to(OTHER_IBAN), '5', OTHER_IBAN);
    },
  },
  {
    rule: 'T12',
    says: 'split settlement is required from those who have it, and from nobody else',
    holds: async (bench) => {
      const split = { amount: 9, scatteredSettlementItems: [{ iban: IBAN, amount: 9 }] };
      await bench.restart({ dynamicSettlement: true });
      accepted(await bench.token(split));
      refused(await bench.token({}), '5', 'scatteredSettlementItems');
      await bench.restart({ dynamicSettlement: false });
      accepted(await bench.token({}));
      refused(await bench.token(split), '5', 'scatteredSettlementItems');
    },
  },
  {
    rule: 'T13',
    says: 'success is the string "1" and a token',
    holds: async (bench) => {
      const { json } = await bench.token({});
      expect(json).toEqual({
        status: '1',
        token: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        errorCode: null,
        errorDescription: null,
      });
    },
  },
];

import type { Threats } from '../defence';

const SECRETS = '__tests__/security/secrets.test.ts';
const CLIENT = '__tests__/client/secrets.test.ts';

/** Secrets. */
export const secrets: Threats = {
  'In logs, events, errors, pages and files': [
    {
      defence: 'the key is held in a private field',
      file: 'lib/client.ts',
      find: 'this.#apiKey = options.apiKey;',
      replace: 'this.#apiKey = options.apiKey;\n    Object.assign(this, { apiKey: options.apiKey });',
      tests: {
        [SECRETS]: [
          'the API key is in nothing a shop prints, shows or throws, whatever the gateway does',
          'has its API key in no output, no page and no file',
          'a router, its atipay and its client show no secret however they are printed',
        ],
        [CLIENT]: ['is not given back when the gateway sends it %s'],
      },
    },
    {
      defence: 'axios’ errors do not leave transport/axios.ts',
      file: 'lib/transport/axios.ts',
      find: "return { trouble: error.code ?? 'a broken connection' };",
      replace: 'return { trouble: JSON.stringify(error) };',
      tests: {
        [CLIENT]: [
          'is not given back when the gateway sends it %s',
          'and a proxy’s password are in no error when %s',
        ],
      },
    },
    {
      defence: 'what the gateway quotes is searched for the key',
      file: 'lib/client.ts',
      find: "text.replaceAll(this.#apiKey, '[apiKey]')",
      replace: 'text',
      tests: { [CLIENT]: ['is not given back when the gateway sends it %s'] },
    },
    {
      defence: 'what the gateway quotes is searched for card numbers',
      file: 'lib/client.ts',
      find: "hideCardNumbers(text.replaceAll(this.#apiKey, '[apiKey]'))",
      replace: "text.replaceAll(this.#apiKey, '[apiKey]')",
      tests: {
        [CLIENT]: ['holds no whole card number'],
        [SECRETS]: ['has a card number nowhere, but masked'],
      },
    },
    {
      defence: 'a card number that nobody has masked is masked before it is stored',
      file: 'lib/callback.ts',
      find: 'maskedPan: pan === undefined ? null : maskCardNumber(pan),',
      replace: 'maskedPan: pan ?? null,',
      tests: {
        '__tests__/callback.test.ts': [
          'keeps of a card number that nobody has masked what a masked one shows',
        ],
        [SECRETS]: ['has a card number nowhere, but masked'],
      },
    },
    {
      defence: 'the shop sees a payment without its keys and its token',
      file: 'lib/payment-view.ts',
      find: 'const base = baseOf(record);',
      replace: 'const base = { ...record, ...baseOf(record) };',
      tests: {
        [SECRETS]: [
          'has a token in the store and on the page that takes the buyer to the gateway, and nowhere else',
          'has a return key in the store and in the payment’s own addresses, and nowhere else',
          'no event, log line or error holds a key, a token or what it was caused by holds one',
        ],
        '__tests__/payments/hooks.test.ts': ['a hook sees the payment and no machinery'],
      },
    },
    {
      defence: 'a program is told nothing of the shop’s own notes',
      file: 'lib/routes/result.ts',
      find: "new Set(['metadata', 'cellNumber', 'settlement', 'account']);",
      replace: 'new Set();',
      tests: {
        '__tests__/router/routes.test.ts': [
          'tells a program the outcome and nothing of the shop’s own notes',
        ],
      },
    },
  ],
};

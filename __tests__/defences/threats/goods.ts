import type { Threats } from '../defence';

const GOODS = '__tests__/security/goods.test.ts';
const DATABASE = '__tests__/security/database.test.ts';
const FLOW = '__tests__/payments/callback.test.ts';

/** Getting goods without paying: receipts and amounts. */
export const goods: Threats = {
  'A receipt is used again': [
    {
      defence: 'a receipt is a unique key of the store',
      file: 'lib/stores/memory.ts',
      find: '{ keys: this.#receipts, before: replaced?.referenceNumber, now: row.referenceNumber },',
      replace: '',
      tests: {
        [FLOW]: [
          'leaves both payments as they were, and the second one is paid by its own',
          'on a second payment of the same order changes nothing either',
          'false for a receipt of another payment: still a replay, nothing changes',
        ],
        [GOODS]: [
          'buys nothing else, however it is written',
          'buys nothing after its own payment has failed, been refused or gone to review',
        ],
      },
    },
    {
      defence: 'a receipt is a unique key of the database’s table',
      file: 'lib/stores/knex/table.ts',
      find: "suffix: 'receipt',\n    unique: true,",
      replace: "suffix: 'receipt',\n    unique: false,",
      tests: { [DATABASE]: ['a receipt is taken once: it is a unique key of the table'] },
    },
    {
      defence: 'a receipt that another payment has is not asked about',
      file: 'lib/payments/receive.ts',
      find: "return stored === 'taken' ? 'replay' : stored;",
      replace: "return stored === 'taken' ? { ...withReceipt, status: 'verifying', asks: 1 } : stored;",
      tests: {
        [FLOW]: ['leaves both payments as they were, and the second one is paid by its own'],
        [GOODS]: ['buys nothing else, however it is written'],
      },
    },
    {
      defence: 'only plain ASCII is a receipt',
      file: 'lib/callback.ts',
      find: 'referenceNumber === undefined || !RECEIPT.test(referenceNumber)',
      replace: 'referenceNumber === undefined',
      tests: {
        '__tests__/callback.test.ts': [
          'lacks its receipt when that has %s, which a database may take for nothing or for another',
        ],
        [GOODS]: ['buys nothing else, however it is written'],
      },
    },
  ],

  'A receipt of another shop': [
    {
      defence: 'each account asks with its own key',
      changes: [
        {
          file: 'lib/client.ts',
          find: 'const QUOTE_LIMIT = 300;',
          replace: 'const QUOTE_LIMIT = 300;\nlet firstKey: string | undefined;',
        },
        {
          file: 'lib/client.ts',
          find: '{ apiKey: this.#apiKey, ...fields }',
          replace: '{ apiKey: (firstKey ??= this.#apiKey), ...fields }',
        },
      ],
      tests: {
        [GOODS]: ['of another account is refused by the gateway: each account asks with its own key'],
      },
    },
    {
      defence: 'accounts of one store that share a key are warned of',
      file: 'lib/router.ts',
      find: 'if (others.length === 0) return;',
      replace: 'if (others.length >= 0) return;',
      tests: {
        [GOODS]: [
          'could buy once more in another account with the same key: such a config is warned of, without the key',
        ],
      },
    },
    {
      defence: 'a router opens payments of its own account only',
      file: 'lib/payments/access.ts',
      find: 'record?.account === context.settings.account ? record : undefined;',
      replace: 'record;',
      tests: {
        '__tests__/router/routes.test.ts': [
          'two accounts in one app share a store and do not see each other',
        ],
      },
    },
  ],

  'The amount is changed': [
    {
      defence: 'the amount is the shop’s word, not the request’s',
      file: 'lib/routes/pay.ts',
      find: 'context.tasks.track(start(context, order));',
      replace:
        'context.tasks.track(start(context, { ...order, amount: Number((req.body as { amount?: unknown }).amount ?? order.amount) }));',
      tests: { [GOODS]: ['changes no amount: the order is the shop’s word (%s)'] },
    },
    {
      defence: 'an amount is a number, no text',
      file: 'lib/order.ts',
      find: "if (typeof value !== 'number' && typeof value !== 'bigint') return helpers.error('amount.type');",
      replace: '',
      tests: { [GOODS]: ['is refused even by a shop that passes it on unread: %s'] },
    },
    {
      defence: 'what verify-payment answers must equal the payment’s amount',
      file: 'lib/payments/verify.ts',
      find: 'answer.amount === current.amount',
      replace: 'answer.amount > 0',
      tests: {
        [GOODS]: ['of a cheaper order does not buy a dearer one'],
        '__tests__/payments/verify.test.ts': ['%s is for a person to look at'],
      },
    },
  ],
};

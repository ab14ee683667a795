import type { Threats } from '../defence';

const GOODS = '__tests__/security/goods.test.ts';
const DATABASE = '__tests__/security/database.test.ts';
const FLOW = '__tests__/payments/callback.test.ts';
const READING = '__tests__/callback.test.ts';

/** Getting goods without paying: callbacks that nobody should believe, or not twice. */
export const forged: Threats = {
  'A success is forged': [
    {
      defence: 'an OK is verified',
      file: 'lib/payments/verify.ts',
      find: 'const answer = await ask(context, current, end - performance.now());',
      replace: "const answer = { kind: 'amount', amount: current.amount } as VerifyAnswer;",
      tests: { [GOODS]: ['is no success: an OK with an invented receipt is refused by the gateway'] },
    },
    {
      defence: 'an OK before there was a token changes nothing',
      changes: [
        {
          file: 'lib/payments/complete.ts',
          find: "if (current.status === 'created') return unchanged(context, current, 'noTokenYet');\n    if (current.status !== 'pending')",
          replace: "if (current.status !== 'pending' && current.status !== 'created')",
        },
        {
          file: 'lib/payment.ts',
          find: "created: ['pending', 'failed'],",
          replace: "created: ['pending', 'received', 'verifying', 'failed'],",
        },
      ],
      tests: { [FLOW]: ['of a payment without a token is forged: no buyer has seen one'] },
    },
    {
      defence: 'no state but OK is a success',
      file: 'lib/callback.ts',
      find: "if (state !== 'OK') {",
      replace: 'if (isFailure(state)) {',
      tests: { [READING]: ['is a payment only with the state OK, a status that agrees, and a receipt'] },
    },
    {
      defence: 'an OK with a status that contradicts changes nothing',
      file: 'lib/callback.ts',
      find: "if (status !== 'absent' && !AGREES_WITH_OK.has(status.text)) {",
      replace: 'if (false) {',
      tests: { [FLOW]: ['%s: the buyer is shown a failure page'] },
    },
    {
      defence: 'an OK without a receipt changes nothing',
      file: 'lib/callback.ts',
      find: "if (referenceNumber === undefined || !RECEIPT.test(referenceNumber))\n    return { kind: 'unclear', problem: 'receiptMissing' };\n  return { kind: 'paid', receipt: { ...details, referenceNumber } };",
      replace: "return { kind: 'paid', receipt: { ...details, referenceNumber: referenceNumber ?? '' } };",
      tests: {
        [FLOW]: ['%s: the buyer is shown a failure page'],
        [READING]: ['is a payment only with the state OK, a status that agrees, and a receipt'],
      },
    },
  ],

  'A failure is forged, or a payment cancelled and paid then': [
    {
      defence: 'a failure needs the payment’s return key',
      file: 'lib/payments/access.ts',
      find: "return matches ? own : 'wrongKey';",
      replace: 'return own;',
      tests: {
        [GOODS]: ['is no failure: nobody without the return key can end another buyer’s payment'],
      },
    },
    {
      defence: 'a failure names the invoice of its address',
      file: 'lib/payments/complete.ts',
      find: 'if (callback.invoiceNumber !== record.invoiceNumber) {',
      replace: 'if (false) {',
      tests: {
        [GOODS]: ['is no failure: nobody without the return key can end another buyer’s payment'],
      },
    },
    {
      defence: 'what comes for a failed payment is never verified',
      changes: [
        {
          file: 'lib/payments/complete.ts',
          find: "if (current.status !== 'pending')",
          replace: "if (current.status !== 'pending' && current.status !== 'failed')",
        },
        {
          file: 'lib/payment.ts',
          find: "  review: ['paid', 'failed'],",
          replace: "  review: ['paid', 'failed'],\n  failed: ['received', 'verifying'],",
        },
      ],
      tests: {
        [GOODS]: ['cancelled first and paid then is not served, and the money goes back unverified'],
      },
    },
    {
      defence: 'a failure ends a pending payment only',
      changes: [
        {
          file: 'lib/payments/complete.ts',
          find: "current.status === 'pending'\n      ? move(",
          replace: "current.status !== 'failed'\n      ? move(",
        },
        {
          file: 'lib/payment.ts',
          find: "  review: ['paid', 'failed'],",
          replace: "  review: ['paid', 'failed'],\n  paid: ['failed'],",
        },
      ],
      tests: { [FLOW]: ['after the payment is paid changes nothing'] },
    },
    {
      defence: 'a failure takes no receipt',
      file: 'lib/callback.ts',
      find: "state : 'UnknownState', state, details };",
      replace:
        "state : 'UnknownState', state, details: { ...details, referenceNumber: textOf(read(body, 'referenceNumber')) ?? null } };",
      tests: { [FLOW]: ['does not take a receipt, so that it cannot spoil another payment'] },
    },
  ],

  'One order in two tabs, one callback many times': [
    {
      defence: 'an order is a unique key of the store while a payment of it is verified, paid or in review',
      file: 'lib/stores/memory.ts',
      find: '{ keys: this.#orderKeys, before: replaced?.orderKey, now: row.orderKey },',
      replace: '',
      tests: {
        [FLOW]: [
          'end in one charge: the second is never verified, and onFailure is not told of the paid order',
        ],
        '__tests__/e2e/returning.test.ts': [
          'pays one order in two tabs: one charge, and the other tab says that the money comes back',
        ],
      },
    },
    {
      defence: 'an order is a unique key of the database’s table',
      file: 'lib/stores/knex/table.ts',
      find: "{ suffix: 'order', unique: true,",
      replace: "{ suffix: 'order', unique: false,",
      tests: { [DATABASE]: ['an order is paid once: it is a unique key of the table'] },
    },
    {
      defence: 'a payment is changed from the state it was read in only',
      file: 'lib/stores/memory.ts',
      find: 'if (stored?.version !== record.version) return undefined;',
      replace: 'if (!stored) return undefined;',
      tests: {
        [FLOW]: ['sent 20 times at once is verified once and told once, and every sender gets the result'],
      },
    },
    {
      defence: 'a row is written as it was read only',
      file: 'lib/stores/knex/statements.ts',
      find: 'where invoice_number = ? and version = ?`;',
      replace: 'where invoice_number = ? and ? is not null`;',
      tests: {
        [DATABASE]: [
          'a callback that comes 20 times at once is verified once: a row is written as it was read only',
        ],
      },
    },
  ],

  'A callback for another terminal': [
    {
      defence: 'a callback that names another terminal than the configured one is not believed',
      file: 'lib/payments/complete.ts',
      find: 'if (terminalId !== undefined && terminalId !== (context.settings.terminalId ?? terminalId)) {',
      replace: 'if (false) {',
      tests: { [FLOW]: ['from another terminal than the configured one'] },
    },
  ],
};

import type { Threats } from '../defence';

const GUESSING = '__tests__/security/guessing.test.ts';

/** Guessing. */
export const guessing: Threats = {
  'Invoice numbers and return keys': [
    {
      defence: 'a wrong key is answered like an unknown invoice',
      file: 'lib/routes/result.ts',
      find: "sendError(context, req, res, 'notFound');",
      replace: "sendError(context, req, res, record === 'wrongKey' ? 'orderNotFound' : 'notFound');",
      tests: {
        [GUESSING]: ['%s tells an unknown invoice from a wrong key by nothing: status, headers, body'],
      },
    },
    {
      defence: 'another invoice in the body is answered like them',
      file: 'lib/payments/complete.ts',
      find: "return neutral(context, 'otherInvoice', path.invoiceNumber, record, why);",
      replace: "return unchanged(context, record, 'otherInvoice');",
      tests: {
        '__tests__/payments/callback.test.ts': [
          'with a wrong key, of an unknown invoice, or of another invoice in the body: one neutral page for all',
        ],
      },
    },
    {
      defence: 'an unknown invoice costs a comparison too',
      file: 'lib/payments/access.ts',
      find: 'const matches =',
      replace: "if (!own) return 'unknownInvoice';\n  const matches =",
      tests: {
        [GUESSING]: [
          'an unknown invoice and a wrong key cost the same work: one read and one comparison in constant time',
        ],
      },
    },
    {
      defence: 'return keys are compared in constant time',
      file: 'lib/payments/access.ts',
      find: 'timingSafeEqual(digest(returnKey), digest(own?.returnKey ?? NOBODYS_KEY));',
      replace: 'returnKey === (own?.returnKey ?? NOBODYS_KEY);',
      tests: {
        [GUESSING]: [
          'an unknown invoice and a wrong key cost the same work: one read and one comparison in constant time',
        ],
      },
    },
    {
      defence: 'an address opens payments of its own account only',
      file: 'lib/payments/access.ts',
      find: 'record?.account === context.settings.account ? record : undefined;',
      replace: 'record;',
      tests: { [GUESSING]: ['a payment of another account is as unknown as one that does not exist'] },
    },
    {
      defence: 'find and history tell of payments of their own account only',
      file: 'lib/atipay.ts',
      find: 'record?.account === this.#context.settings.account ? record : undefined;',
      replace: 'record;',
      tests: { [GUESSING]: ['a payment of another account is as unknown as one that does not exist'] },
    },
    {
      defence: 'a return key is 128 random bits',
      file: 'lib/payments/access.ts',
      find: 'const KEY_BYTES = 16;',
      replace: 'const KEY_BYTES = 8;',
      tests: {
        [GUESSING]: [
          'a return key is 128 random bits, one for each payment, and no invoice number tells the next',
        ],
      },
    },
    {
      defence: 'an invoice number ends at random',
      changes: [
        {
          file: 'lib/order.ts',
          find: 'const METADATA_LIMIT = 16_000;',
          replace: 'const METADATA_LIMIT = 16_000;\nlet drawn = 0;',
        },
        { file: 'lib/order.ts', find: 'String(randomInt(10_000_000))', replace: 'String((drawn += 1))' },
      ],
      tests: {
        [GUESSING]: [
          'a return key is 128 random bits, one for each payment, and no invoice number tells the next',
        ],
      },
    },
  ],
};

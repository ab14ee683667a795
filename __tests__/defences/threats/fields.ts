import type { Threats } from '../defence';

const GOODS = '__tests__/security/goods.test.ts';
const DATABASE = '__tests__/security/database.test.ts';
const READING = '__tests__/callback.test.ts';
const GATEWAY = '__tests__/security/gateway.test.ts';

/** Getting goods without paying: what stands in a request. */
export const fields: Threats = {
  'Fields are smuggled in': [
    {
      defence: 'a field is a text, no list and no object',
      file: 'lib/callback.ts',
      find: "if (typeof value !== 'string') return 'unusable';\n  const text = value.trim();",
      replace: 'const text = String(value).trim();',
      tests: {
        [GOODS]: [
          'of operators and lists is not believed (extended form parser: %s)',
          'of two values each is not believed, in whichever order',
        ],
        '__tests__/callback/http.test.ts': ['believes none of two values of %s'],
      },
    },
    {
      defence: 'a field is the body’s own, not its prototype’s',
      file: 'lib/callback.ts',
      find: 'Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined;',
      replace: '(body as Record<string, unknown>)[name];',
      tests: { [READING]: ['is not looked for in the prototype'] },
    },
    {
      defence: 'an order’s field is its own, not its prototype’s',
      file: 'lib/order.ts',
      find: '.validate(saidIn(input)) as',
      replace: '.validate(input) as',
      tests: {
        '__tests__/order.test.ts': ['takes no field from its prototype, and none by way of __proto__'],
      },
    },
    {
      defence: 'a gateway’s answer has no prototype',
      file: 'lib/client.ts',
      find: 'Object.assign(Object.create(null) as Json, value);',
      replace: 'Object.assign({} as Json, value);',
      tests: {
        [GATEWAY]: [
          'takes nothing from a prototype that other code has polluted: a refusal stays one',
          'sets nothing by way of __proto__',
        ],
      },
    },
  ],

  'A GET does what only a POST may': [
    {
      defence: 'a GET at the callback’s address is no callback',
      file: 'lib/router.ts',
      find: '.get(setNoCookie, callbackIsAForm(context));',
      replace:
        '.get(setNoCookie, (req, _res, next) => { req.body = req.query; next(); }, callback(context));',
      tests: { [GOODS]: ['in the query of a GET (a prefetch, a preview, a crawler) does nothing'] },
    },
  ],

  'Ids that look alike': [
    {
      defence: 'return keys compare byte by byte',
      file: 'lib/payments/access.ts',
      find: "hash('sha256', text, 'buffer');",
      replace: "hash('sha256', text.trim().toLowerCase(), 'buffer');",
      tests: {
        [GOODS]: ['invoice numbers and keys that differ by case, a blank or a look-alike open nothing'],
      },
    },
    {
      defence: 'an invoice number is 20 Latin digits and nothing around them',
      file: 'lib/payments/access.ts',
      find: '/^\\d{20}$/.test(invoiceNumber) ? await context.store.find(invoiceNumber) : undefined;',
      replace: 'await context.store.find(invoiceNumber.trim());',
      tests: {
        [GOODS]: ['invoice numbers and keys that differ by case, a blank or a look-alike open nothing'],
      },
    },
    {
      defence: 'PostgreSQL compares keys byte by byte',
      file: 'lib/stores/knex/table.ts',
      find: 'key: \'text collate "C"\',',
      replace: "key: 'text',",
      tests: { [DATABASE]: ['%s is told to compare keys byte by byte'] },
    },
    {
      defence: 'MySQL and MariaDB compare keys byte by byte, blanks at the end among them',
      file: 'lib/stores/knex/table.ts',
      find: 'key: `varchar(255) ${MYSQL_BYTES}`,',
      replace: "key: 'varchar(255)',",
      tests: { [DATABASE]: ['%s is told to compare keys byte by byte'] },
    },
    {
      defence: 'an order’s id has no controls, line separators, direction overrides or half characters',
      file: 'lib/order.ts',
      find: "isOneLine(text) ? text : helpers.error('text.control');",
      replace: 'text;',
      says: 'The order was not refused',
      tests: { '__tests__/order.test.ts': ['of %p is refused'] },
    },
    {
      defence: 'a callback’s field has none of them, and no more than 64 characters',
      file: 'lib/callback.ts',
      find: "return text.length <= FIELD_LIMIT && isOneLine(text) ? { text } : 'unusable';",
      replace: 'return { text };',
      tests: { [READING]: ['goes without an unusable %s'] },
    },
  ],

  'SQL in ids and table names': [
    {
      defence: 'values are bound to a statement, not written into it',
      file: 'lib/stores/knex/sqlite.ts',
      find: 'const statement = keptIn(statements, sql, () => prepare(connection, sql));',
      replace:
        "const statement = prepare(connection, withValues(sql, values));\n    values = [];\n    function withValues(text: string, given: Values): string {\n      const left = [...given];\n      return text.replace(/\\?/g, () => { const value = left.shift() ?? null; return value === null ? 'null' : `'${value}'`; });\n    }",
      says: 'could not be read or written',
      tests: {
        '__tests__/security/sql.test.ts': [
          'SQL in ids, receipts and texts is kept as it is written and runs nowhere',
        ],
      },
    },
    {
      defence: 'a table’s name is letters, digits and underscores',
      file: 'lib/stores/knex/dialect.ts',
      find: 'if (table !== undefined) return { schema, table };',
      replace: 'return { schema, table: table ?? tableName };',
      tests: { '__tests__/security/sql.test.ts': ['a table is never called %j'] },
    },
  ],
};

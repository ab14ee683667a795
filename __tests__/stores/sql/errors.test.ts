import { isUniqueViolation } from '../../../lib/errors';
import { failureOf, isAnswer, isCreationRace, isTransient, translate } from '../../../lib/stores/sql/errors';
import { everythingIn } from '../../support/store-errors';

const SECRET = '09123456789';

const error = (parts: object, name = 'Error'): Error =>
  Object.assign(new Error(`insert into t values (${SECRET})`), parts, { name });

const driver = (code: string): Error => error({ code });

/** One error of a driver as each client hands it on. */
const WRAPPED: [client: string, wrap: (code: string) => Error][] = [
  ['the driver itself, Knex, Kysely', driver],
  ['Sequelize', (code) => error({ parent: driver(code), original: driver(code) }, 'SequelizeDatabaseError')],
  ['TypeORM', (code) => error({ driverError: driver(code), code }, 'QueryFailedError')],
  ['Drizzle', (code) => error({ cause: driver(code) }, 'DrizzleQueryError')],
  ['Prisma, raw', (code) => error({ code: 'P2010', meta: { code } })],
  [
    'Prisma, an adapter',
    (code) => error({ code: 'P2010', meta: { driverAdapterError: { cause: { originalCode: code } } } }),
  ],
];

const MEANINGS: [failure: ReturnType<typeof failureOf>, codes: string[]][] = [
  ['unique', ['23505', 'ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']],
  ['conflict', ['40001', '40P01', 'ER_LOCK_DEADLOCK', 'ER_CHECKREAD']],
  ['locked', ['55P03', 'ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_NOWAIT', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT']],
  [
    'connection',
    ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '08006', 'PROTOCOL_CONNECTION_LOST', '45009', '45013'],
  ],
  ['table', ['42P01', 'ER_NO_SUCH_TABLE']],
  ['column', ['42703', 'ER_BAD_FIELD_ERROR']],
  ['other', ['23502', 'ER_PARSE_ERROR', 'SQLITE_CORRUPT']],
];

describe.each(WRAPPED)('an error of %s', (_client, wrap) => {
  test.each(MEANINGS)('is understood as %s', (failure, codes) => {
    expect(codes.map((code) => failureOf(wrap(code)))).toEqual(codes.map(() => failure));
  });

  test('is passed on by its code, and without its message', () => {
    for (const code of MEANINGS.flatMap(([, codes]) => codes)) {
      const translated = translate(wrap(code), 't');
      expect(everythingIn(translated)).toContain(code);
      expect(everythingIn(translated)).not.toContain(SECRET);
    }
  });
});

test.each([
  ['UNIQUE constraint failed: t.k', 'unique'],
  ['Connection terminated unexpectedly', 'connection'],
  ['database is locked', 'locked'],
  ['no such table: t', 'table'],
  ['table t has no column named x', 'column'],
])('an error without a code is understood by its words: %s', (words, failure) => {
  expect(failureOf(new Error(words))).toBe(failure);
});

test.each([
  ['23505', 'ERR_ATIPAY_UNIQUE_VIOLATION', 409],
  ['ECONNRESET', 'ERR_ATIPAY_STORE_CONNECTION', 503],
  ['55P03', 'ERR_ATIPAY_STORE_LOCKED', 503],
  ['40001', 'ERR_ATIPAY_STORE', 500],
  ['XX000', 'ERR_ATIPAY_STORE', 500],
])('%s becomes %s', (code, expected, status) => {
  const translated = translate(driver(code), 't');
  expect(translated).toMatchObject({ code: expected, status });
  expect(isUniqueViolation(translated)).toBe(code === '23505');
});

test('a translated error stays as it is, with its kind', () => {
  for (const code of ['40001', '55P03', '57P01', '23505']) {
    const translated = translate(driver(code), 't');
    expect(translate(translated, 't')).toBe(translated);
    expect(failureOf(translated)).toBe(failureOf(driver(code)));
  }
});

test('conflicts and locks are transient, nothing else is', () => {
  expect(
    ['40001', 'ER_LOCK_DEADLOCK', '55P03', 'SQLITE_BUSY'].map((code) => isTransient(driver(code))),
  ).toEqual([true, true, true, true]);
  expect(['23505', 'ECONNRESET', '42P01'].map((code) => isTransient(driver(code)))).toEqual([
    false,
    false,
    false,
  ]);
});

test('two processes that create one table race', () => {
  expect(['23505', '42P07', '42710', '40001'].every((code) => isCreationRace(driver(code)))).toBe(true);
  expect(['42P01', 'ER_NO_SUCH_TABLE'].some((code) => isCreationRace(driver(code)))).toBe(false);
});

test('a connection is kept after an answer of the server only', () => {
  expect(['23505', '40001', 'ER_DUP_ENTRY'].every((code) => isAnswer(driver(code)))).toBe(true);
  expect(['57P01', 'ECONNRESET', 'EPIPE'].some((code) => isAnswer(driver(code)))).toBe(false);
  expect(isAnswer(new Error('Query read timeout'))).toBe(false);
});

test.each([undefined, null, 'gone', 7, {}])('%p is an error too', (thrown) => {
  expect(translate(thrown, 't')).toMatchObject({ code: 'ERR_ATIPAY_STORE' });
});

import { isUniqueViolation } from '../../lib/errors';
import { endsTransaction, isCreationRace, isPassing, translate } from '../../lib/stores/knex/failures';

const driver = (code: string, message = 'insert into `t` (`k`) values (0912) - words of the driver') =>
  Object.assign(new Error(message), { code });

const UNIQUE = [
  ...['23505', 'ER_DUP_ENTRY', 'ER_DUP_ENTRY_WITH_KEY_NAME'],
  ...['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'],
];

test.each(UNIQUE)('%s is a unique key that is taken', (code) => {
  const translated = translate(driver(code), 't');
  expect(isUniqueViolation(translated)).toBe(true);
  expect(translated.cause).toMatchObject({ code, message: 'words of the driver' });
});

test('so is a plain constraint of SQLite that says so, and no other', () => {
  const constraint = (message: string): boolean =>
    isUniqueViolation(translate(driver('SQLITE_CONSTRAINT', message), 't'));
  expect(constraint('insert - UNIQUE constraint failed: t.k')).toBe(true);
  expect(constraint('insert - NOT NULL constraint failed: t.k')).toBe(false);
  const trigger = driver('SQLITE_CONSTRAINT_TRIGGER', 'insert - not a UNIQUE constraint failed');
  expect(isUniqueViolation(translate(trigger, 't'))).toBe(false);
});

test.each([
  '40001',
  '40P01',
  '55P03',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD',
  'SQLITE_BUSY_SNAPSHOT',
  'SQLITE_LOCKED',
])('after %s another try may pass', (code) => {
  expect(isPassing(driver(code))).toBe(true);
  expect(isCreationRace(driver(code))).toBe(true);
});

test.each(['23505', '42P07', '42710'])('%s is a race to create a table, and nothing to try again', (code) => {
  expect(isCreationRace(driver(code))).toBe(true);
  expect(isPassing(driver(code))).toBe(false);
});

test.each(['42P01', 'ER_NO_SUCH_TABLE', 'SQLITE_ERROR'])(
  '%s is no race, and nothing to try again',
  (code) => {
    expect(isCreationRace(driver(code))).toBe(false);
    expect(isPassing(driver(code))).toBe(false);
  },
);

test('a deadlock has ended the transaction, a wait for a lock has not', () => {
  expect(endsTransaction(driver('ER_LOCK_DEADLOCK'))).toBe(true);
  expect(endsTransaction(driver('ER_CHECKREAD'))).toBe(true);
  expect(endsTransaction(driver('ER_LOCK_WAIT_TIMEOUT'))).toBe(false);
});

test.each<[unknown, RegExp]>([
  [driver('42P01'), /^There is no table t\. Call createPaymentsTable\(knex\)/],
  [driver('3F000'), /^There is no table t\./],
  [driver('ER_NO_SUCH_TABLE'), /^There is no table t\./],
  [driver('SQLITE_ERROR', 'select - no such table: t'), /^There is no table t\./],
  [driver('42703'), /^The table t lacks a column/],
  [driver('ER_BAD_FIELD_ERROR'), /^The table t lacks a column/],
  [driver('SQLITE_ERROR', 'select - no such column: x'), /^The table t lacks a column/],
  [driver('SQLITE_ERROR', 'insert - table t has no column named x'), /^The table t lacks a column/],
  [driver('ECONNREFUSED'), /^The table t could not be read or written: words of the driver$/],
  [driver('ECONNREFUSED', ''), /^The table t could not be read or written: ECONNREFUSED$/],
  [driver('', ''), /could not be read or written: no reason given$/],
  [driver('ECONNRESET', ' - read failed'), /could not be read or written: read failed$/],
  ['gone', /could not be read or written: gone$/],
  [null, /could not be read or written: null$/],
  [{ code: 5, message: 5 }, /could not be read or written: \[object Object\]$/],
])('what an operator reads of %p', (error, message) => {
  const translated = translate(error, 't');
  expect(translated).toMatchObject({
    code: 'ERR_ATIPAY_STORE',
    message: expect.stringMatching(message) as string,
  });
  expect((translated.cause as Error).message).not.toContain('0912');
});

test('the cause keeps the name and the code of what the driver threw', () => {
  const { cause } = translate(Object.assign(driver('ECONNRESET'), { name: 'DriverError' }), 't');
  expect(cause).toMatchObject({ name: 'DriverError', code: 'ECONNRESET', message: 'words of the driver' });
  const { cause: unnamed } = translate('gone', 't');
  expect(unnamed).toMatchObject({ name: 'Error', message: 'gone' });
  expect(unnamed).not.toHaveProperty('code');
});

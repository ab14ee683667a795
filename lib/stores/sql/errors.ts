import { AtipayError, UniqueViolation } from '../../errors';
import { anatomyOf, type Anatomy } from './anatomy';

/** The kinds of a client's errors for the store. */
export type Failure =
  'unique' | 'locked' | 'conflict' | 'connection' | 'ended' | 'table' | 'column' | 'other';

interface Signs {
  readonly codes: RegExp;
  readonly words?: RegExp;
}

/** In the order in which they are looked for. Codes of PostgreSQL, MySQL and MariaDB, SQLite, Node and Prisma. */
const SIGNS: readonly [Failure, Signs][] = [
  [
    'unique',
    {
      codes:
        /^(23505|1062|1586|ER_DUP_ENTRY(_WITH_KEY_NAME)?|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)|2067|1555|UniqueConstraintViolation|P2002)$/,
      words: /UNIQUE constraint failed/,
    },
  ],
  // Not a lock of a row that lasts: the server has chosen this transaction to fail.
  [
    'conflict',
    { codes: /^(40001|40P01|1213|1020|ER_LOCK_DEADLOCK|ER_CHECKREAD|P2034|TransactionWriteConflict)$/ },
  ],
  [
    'locked',
    {
      codes:
        /^(55P03|1205|3572|ER_LOCK_WAIT_TIMEOUT|ER_LOCK_NOWAIT|SQLITE_(BUSY|LOCKED)\w*|P1008|SocketTimeout|ERR_ATIPAY_STORE_LOCKED)$/,
      words: /database (table )?is locked/,
    },
  ],
  ['ended', { codes: /^(25P02|1792|ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION)$/ }],
  [
    'connection',
    {
      codes:
        /^(08\w{3}|57P0[1-5]|25P03|57014|E(CONN\w+|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN|HOST\w+|NET\w+)|PROTOCOL_\w+|ER_(SERVER_SHUTDOWN|CON_COUNT_ERROR|CONNECTION_KILLED|SOCKET_\w+|NEW_ABORTING_CONNECTION|CMD_NOT_EXECUTED_DESTROYED|CONNECTION_TIMEOUT|GET_CONNECTION_TIMEOUT)|1040|1053|1152|1927|4031|450(01|04|09|12|13|19|26|28|42)|CONNECTION_\w+|CONNECT_TIMEOUT|P1001|P1002|P1017|P2024|P2028|ConnectionClosed|DatabaseNotReachable|ERR_ATIPAY_STORE_CONNECTION)$/,
      words:
        /Connection (terminated|ended|lost|closed)|connection is (in )?closed|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|acquiring a connection|query timeout of|Unable to acquire/i,
    },
  ],
  [
    'table',
    { codes: /^(42P01|3F000|1146|ER_NO_SUCH_TABLE|TableDoesNotExist|P2021)$/, words: /no such table/ },
  ],
  [
    'column',
    {
      codes: /^(42703|1054|ER_BAD_FIELD_ERROR|ColumnNotFound|P2022)$/,
      words: /no such column|has no column/,
    },
  ],
];

/** The kind of a client's error. */
export function failureOf(error: unknown): Failure {
  const { codes, words } = anatomyOf(error);
  const [failure] =
    SIGNS.find(
      ([, signs]) => codes.some((code) => signs.codes.test(code)) || (signs.words?.test(words) ?? false),
    ) ?? [];
  return failure ?? 'other';
}

/** Whether an error of a client or of the store says that the same work may pass when it is run again. */
export const isTransient = (error: unknown): boolean => {
  const failure = failureOf(error);
  return failure === 'conflict' || failure === 'locked';
};

/** The same for reads, which may also be sent again when the connection is lost. */
export const isTransientRead = (error: unknown): boolean =>
  isTransient(error) || failureOf(error) === 'connection';

/** Whether an error is an answer of the server to a statement, so that the connection still works. */
export const isAnswer = (error: unknown): boolean =>
  failureOf(error) !== 'connection' &&
  anatomyOf(error).codes.some((code) => /^([0-9A-Z]{5}|ER_\w+|SQLITE_\w+)$/.test(code));

/** Whether two processes tried to create one table or index at one moment. */
export const isCreationRace = (error: unknown): boolean =>
  isTransient(error) || anatomyOf(error).codes.some((code) => ['23505', '42P07', '42710'].includes(code));

/** The store's error for a client's error. A driver's message holds values of the payment: it is not passed on. */
export function translate(error: unknown, table: string): AtipayError {
  if (error instanceof AtipayError) return error;
  const anatomy = anatomyOf(error);
  const cause = withoutWords(anatomy);
  const failure = failureOf(error);
  if (failure === 'unique') return new UniqueViolation({ cause });
  if (failure === 'connection') return connectionError(table, cause);
  if (failure === 'locked') return lockedError(table, cause);
  return storeError(messageOf(failure, table, anatomy), cause);
}

function messageOf(failure: Failure, table: string, { codes, name }: Anatomy): string {
  if (failure === 'table') {
    const elsewhere = codes.includes('42P01') ? ` ${searchPathHint(table)}` : '';
    return `There is no table ${table}. Call createPaymentsTable before the first payment, or run the migrations.${elsewhere}`;
  }
  if (failure === 'column') {
    return `The table ${table} lacks a column that this version needs. Run the migrations of this version.`;
  }
  if (failure === 'ended') return ENDED;
  return `The table ${table} could not be read or written (${codes.join(', ') || name}).`;
}

/** PostgreSQL: a second table of this name, in another schema, would be empty. */
const searchPathHint = (table: string): string =>
  'If it is in a schema of its own, name that too, since a pooler such as pgbouncer resets the search path: ' +
  `tableName: 'schema.${table}'.`;

const ENDED =
  'Nothing was committed: a statement of the transaction failed, and the database ended the transaction. ' +
  'An error inside a transaction must leave it.';

/** The transaction is not the one that was begun, or is gone. */
export const endedError = (cause?: unknown): AtipayError => storeError(ENDED, cause);

/** A statement or a connection that was lost. */
export const connectionError = (table: string, cause?: unknown): AtipayError =>
  coded(
    'ERR_ATIPAY_STORE_CONNECTION',
    `The connection was lost or timed out while the table ${table} was read or written; a write may have been applied.`,
    cause,
  );

/** A row, or on SQLite the database, that another transaction holds. */
export const lockedError = (table: string, cause?: unknown): AtipayError =>
  coded('ERR_ATIPAY_STORE_LOCKED', `Another transaction holds the lock on a row of ${table}.`, cause);

export const storeError = (message: string, cause?: unknown): AtipayError =>
  coded('ERR_ATIPAY_STORE', message, cause);

function coded(code: AtipayError['code'], message: string, cause: unknown): AtipayError {
  const status = code === 'ERR_ATIPAY_STORE' ? 500 : 503;
  return new AtipayError(code, message, { status, ...(cause !== undefined && { cause }) });
}

/** Names and codes of a client's error, for a log. */
function withoutWords({ codes, name }: Anatomy): Error {
  const cause = new Error(codes.length === 0 ? 'The client gave no code.' : codes.join(', '));
  return Object.assign(cause, { name, ...(codes[0] !== undefined && { code: codes[0] }) });
}

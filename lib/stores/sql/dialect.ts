import type { DialectName } from './client';
import { kindOf } from '../expect';
import type { ColumnKind } from './columns';
import { storeError } from './errors';

/** How a database differs from the others. */
export interface Dialect {
  readonly name: DialectName;
  readonly quote: '"' | '`';
  /** `$1` for the first value, or `?` for each. */
  readonly numbered: boolean;
  readonly types: Readonly<Record<ColumnKind, string>>;
  /** Follows the list of columns of `create table`. */
  readonly tableSuffix: string;
  /** Indexes stand in `create table` and cannot leave out rows. */
  readonly inlineIndexes: boolean;
  /** `create index` names the schema with the index, not with the table. */
  readonly schemaNamesIndex: boolean;
  /** A row is locked with `for update nowait`; without it, one writer locks the whole database. */
  readonly rowLocks: boolean;
  /** An update can itself refuse to wait, by a locking subquery. */
  readonly lockingSubquery: boolean;
  /** Makes a read in a transaction see what others have committed since its first statement. */
  readonly latest: string;
  /** Statements around the work of a transaction. */
  readonly guard: (table: string, idleMs: number) => Guard;
}

/** The statements that the store adds to a transaction of its client. */
export interface Guard {
  /** Before the work. */
  readonly begin: string;
  /** After work that resolved. */
  readonly commit: readonly string[];
  /** After work that failed; each is sent even if the one before failed. */
  readonly rollback: readonly string[];
}

/**
 * The binary collation that minds trailing spaces has one name in MySQL and another in MariaDB. Comments with a
 * version are read by the one and skipped by the other.
 */
const MYSQL_BYTES = '/*!80017 collate utf8mb4_0900_bin */ /*M!100203 collate utf8mb4_nopad_bin */';

const AUTOCOMMIT = 'set autocommit = 1';

const SQLITE: Dialect = {
  name: 'sqlite',
  quote: '`',
  numbered: false,
  types: {
    id: 'text',
    key: 'text',
    label: 'text',
    text: 'text',
    json: 'text',
    count: 'integer',
    number: 'bigint',
  },
  tableSuffix: '',
  inlineIndexes: false,
  schemaNamesIndex: true,
  rowLocks: false,
  lockingSubquery: false,
  latest: '',
  // Takes the write lock before the work starts.
  guard: (table) => ({ begin: `delete from ${table} where 1 = 0`, commit: [], rollback: [] }),
};

const POSTGRESQL: Dialect = {
  name: 'postgresql',
  quote: '"',
  numbered: true,
  types: {
    id: 'text collate "C"',
    key: 'text collate "C"',
    label: 'text collate "C"',
    text: 'text',
    json: 'text',
    count: 'integer',
    number: 'bigint',
  },
  tableSuffix: '',
  inlineIndexes: false,
  schemaNamesIndex: false,
  rowLocks: true,
  lockingSubquery: true,
  latest: '',
  // A process that stops inside its transaction does not keep its locks for ever.
  guard: (_table, idleMs) => ({
    begin: `set local idle_in_transaction_session_timeout = ${idleMs}`,
    commit: [],
    rollback: [],
  }),
};

const MYSQL: Dialect = {
  name: 'mysql',
  quote: '`',
  numbered: false,
  types: {
    id: `varchar(64) ${MYSQL_BYTES}`,
    key: `varchar(255) ${MYSQL_BYTES}`,
    label: `varchar(100) ${MYSQL_BYTES}`,
    text: 'text',
    json: 'longtext',
    count: 'integer',
    number: 'bigint',
  },
  tableSuffix: ' engine = InnoDB default character set utf8mb4 collate utf8mb4_bin',
  inlineIndexes: true,
  schemaNamesIndex: false,
  rowLocks: true,
  lockingSubquery: false,
  latest: ' lock in share mode',
  // A statement after the server has ended the transaction, for a deadlock, begins another one, which is not committed
  // statement by statement. `set autocommit = 1` commits.
  guard: () => ({
    begin: 'set autocommit = 0',
    commit: [AUTOCOMMIT],
    rollback: ['rollback', AUTOCOMMIT],
  }),
};

const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  sqlite: SQLITE,
  postgresql: POSTGRESQL,
  mysql: MYSQL,
};

/** @throws AtipayError `ERR_ATIPAY_STORE` for a dialect that the package does not know. */
export function dialectNamed(name: DialectName | undefined): Dialect {
  const dialect: Dialect | undefined = name && DIALECTS[name];
  if (dialect) return dialect;
  const given: unknown = name;
  throw storeError(
    "dialect: expected 'postgresql', 'mysql' (MariaDB too) or 'sqlite', for example { dialect: 'postgresql' }; " +
      `got ${typeof given === 'string' ? `'${given}'` : kindOf(given)}.`,
  );
}

/** A plain name as an identifier. */
export const quote = (dialect: Dialect, name: string): string => dialect.quote + name + dialect.quote;

/** `?` as the database has it. No statement of the store holds a `?` that means itself. */
export function placed(dialect: Dialect, sql: string): string {
  if (!dialect.numbered) return sql;
  let count = 0;
  return sql.replaceAll('?', () => `$${++count}`);
}

/** A family of databases that speaks one SQL. `mysql` is MariaDB too. */
export type DialectName = 'postgresql' | 'mysql' | 'sqlite';

/** A value bound to a statement. */
export type SqlValue = string | number | null;

/** A row by the names of its columns. */
export type Row = Record<string, unknown>;

/**
 * The database client that a store needs. Statements hold `$1`, `$2`, … on PostgreSQL and `?` elsewhere, each once and
 * in the order of the values; none holds a literal `?` or `$`.
 */
export interface SqlClient<Tx> {
  readonly dialect: DialectName;

  /**
   * True when values travel apart from the statement, so that no SQL mode of the server can change their meaning.
   * Matters on MySQL and MariaDB only.
   */
  readonly bindsOnServer?: boolean;

  /** Runs a statement that answers with rows. */
  query(sql: string, values: readonly SqlValue[], tx?: Tx): Promise<readonly Row[]>;

  /** Runs a statement that changes rows, and resolves with their count. For other statements the value is not read. */
  execute(sql: string, values: readonly SqlValue[], tx?: Tx): Promise<number>;

  /** Commits when `work` resolves, rolls back when it throws. No statement sent without `tx` takes part. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** Sends statements outside of any transaction. */
export type SqlSender = Omit<SqlClient<never>, 'transaction'>;

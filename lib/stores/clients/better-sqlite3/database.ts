/** The used part of a statement of better-sqlite3. @internal */
export interface BetterSqlite3StatementLike {
  readonly reader: boolean;
  all(...values: unknown[]): unknown[];
  run(...values: unknown[]): { changes: number };
}

/** The used part of a `Database` of better-sqlite3. @internal */
export interface BetterSqlite3Like {
  readonly inTransaction: boolean;
  readonly memory: boolean;
  prepare(sql: string): BetterSqlite3StatementLike;
  exec(sql: string): unknown;
  pragma(setting: string): unknown;
  close(): unknown;
}

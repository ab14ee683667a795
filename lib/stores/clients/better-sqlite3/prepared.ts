import type { BetterSqlite3Like, BetterSqlite3StatementLike } from './database';

/**
 * A connection that prepares each text once: SQLite takes longer to prepare a statement than to run it. The store's texts
 * name columns and conditions, never values, so there are few of them.
 */
export class Prepared<Database extends BetterSqlite3Like> {
  readonly #statements = new Map<string, BetterSqlite3StatementLike>();

  constructor(readonly database: Database) {}

  statement(sql: string): BetterSqlite3StatementLike {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

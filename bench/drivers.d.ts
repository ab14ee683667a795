/** What the benchmark uses of two drivers that bring no types of their own. */

declare module 'better-sqlite3' {
  namespace Database {
    interface Statement {
      get(...values: unknown[]): unknown;
      run(...values: unknown[]): { changes: number };
    }
  }
  class Database {
    constructor(filename: string);
    pragma(setting: string): unknown;
    exec(sql: string): unknown;
    prepare(sql: string): Database.Statement;
    transaction(work: () => void): () => void;
    close(): unknown;
  }
  export = Database;
}

declare module 'pg' {
  export class Pool {
    constructor(options: { connectionString: string; max: number });
    query(
      sql: string,
      values?: unknown[],
    ): Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>;
    end(): Promise<void>;
  }
}

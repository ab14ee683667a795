/** A transaction that its work can end. */
interface Endable {
  commit: (...values: never[]) => PromiseLike<unknown>;
  rollback: (...values: never[]) => PromiseLike<unknown>;
}

/**
 * MySQL: has a transaction give its connection back with autocommit, also when the work calls `commit()` or `rollback()`
 * itself; see `Guard`.
 */
export function restoreAutocommit(tx: Endable, send: (sql: string) => PromiseLike<unknown>): void {
  const sent = async (sql: string): Promise<void> => {
    await Promise.resolve(send(sql)).catch(() => undefined);
  };
  for (const end of ['commit', 'rollback'] as const) {
    const finish = tx[end].bind(tx);
    const restored = async (...values: never[]): Promise<unknown> => {
      await sent(end);
      await sent('set autocommit = 1');
      return finish(...values);
    };
    Object.assign(tx, { [end]: restored });
  }
}

/** Which versions a transaction has written, so that the store can read them back before the commit. */
export class Marks {
  readonly #byTransaction = new WeakMap<object, Map<string, number>>();

  begin(tx: unknown): Map<string, number> {
    const marks = new Map<string, number>();
    if (isObject(tx)) this.#byTransaction.set(tx, marks);
    return marks;
  }

  /** The payments that a transaction has written so far. */
  of(tx: object): string[] {
    return [...(this.#byTransaction.get(tx)?.keys() ?? [])];
  }

  note(tx: unknown, invoiceNumber: string, version: number): void {
    if (isObject(tx)) this.#byTransaction.get(tx)?.set(invoiceNumber, version);
  }
}

/** Knex' transactions are functions. */
const isObject = (tx: unknown): tx is object =>
  (typeof tx === 'object' && tx !== null) || typeof tx === 'function';

/** Invoice numbers by the group that they are in. */
export class Groups {
  readonly #groups = new Map<string, Set<string>>();

  of(key: string): string[] {
    return [...(this.#groups.get(key) ?? [])];
  }

  /** Moves an invoice number from one group to another; undefined is no group. */
  move(invoiceNumber: string, from: string | undefined, to: string | undefined): void {
    if (from === to) return;
    if (from !== undefined) this.#remove(from, invoiceNumber);
    if (to !== undefined) this.#groups.set(to, (this.#groups.get(to) ?? new Set()).add(invoiceNumber));
  }

  #remove(key: string, invoiceNumber: string): void {
    const group = this.#groups.get(key);
    group?.delete(invoiceNumber);
    if (group?.size === 0) this.#groups.delete(key);
  }
}

/** One key of several: different parts never make the same. */
export function groupKey(...parts: string[]): string {
  let key = '';
  for (const part of parts) key += `${part.length} ${part} `;
  return key;
}

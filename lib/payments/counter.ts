/** Counts by key, for the latest keys only: a flood of keys forgets the oldest ones. */
export class Counter {
  readonly #counts = new Map<string, number>();

  constructor(private readonly mostKeys: number) {}

  /** Counts one more and returns how many it makes. */
  count(key: string): number {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.delete(key);
    this.#counts.set(key, count);
    for (const oldest of this.#counts.keys()) {
      if (this.#counts.size <= this.mostKeys) break;
      this.#counts.delete(oldest);
    }
    return count;
  }
}

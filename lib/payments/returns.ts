/** After this many expired payments without a callback, something probably stands in front of the callback. */
const MOST_EXPIRED = 3;

/** Notices that this process sends buyers to the bank and no callback reaches it. */
export class Returns {
  #started = 0;
  #expired = 0;
  #callbacks = 0;

  started(): void {
    this.#started += 1;
  }

  cameBack(): void {
    this.#callbacks += 1;
  }

  /** Counts a payment whose buyer did not return in time. True once: when the callback seems to be out of reach. */
  expired(): boolean {
    this.#expired += 1;
    return this.#expired === MOST_EXPIRED && this.#started >= MOST_EXPIRED && this.#callbacks === 0;
  }
}

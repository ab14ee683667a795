import { EventEmitter, once } from 'node:events';

/** Where the first to arrive waits for the second. */
export class Meeting {
  #arrived = 0;
  readonly #arrivals = new EventEmitter();
  /** Resolves when the first has come. */
  readonly first = once(this.#arrivals, 'arrival');

  /** Resolves when both are there. */
  async arrive(): Promise<void> {
    this.#arrived += 1;
    this.#arrivals.emit('arrival');
    if (this.#arrived === 1) await once(this.#arrivals, 'arrival');
  }
}

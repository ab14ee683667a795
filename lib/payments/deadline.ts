/** A time limit: work that is not done by then rejects with the error, which is made then. */
export class Deadline {
  readonly #expired: Promise<never>;
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number, error: () => Error) {
    this.#expired = new Promise<never>((_resolve, reject) => {
      this.#timer = setTimeout(() => reject(error()), ms);
    });
    this.#expired.catch(() => undefined);
  }

  race<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#expired]);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}

/** A time limit: work that is not done by then rejects with the error. */
export class Deadline {
  readonly #expired: Promise<never>;
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number, error: Error) {
    this.#expired = new Promise<never>((_resolve, reject) => {
      this.#timer = setTimeout(reject, ms, error);
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

/** Settles as the work does, or as `late` does when the work takes longer. The work itself goes on. */
export async function limited<T, L>(work: T | PromiseLike<T>, ms: number, late: () => L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  try {
    return await Promise.race([work, expired.then(late)]);
  } finally {
    clearTimeout(timer);
  }
}

import type { GenericAbortSignal } from 'axios';

/**
 * Ends a call whose time is over. It bounds the whole of it, which axios' own timeout does not: an answer may trickle
 * in. It is as much of an AbortSignal as axios asks for; a real one costs a seventh of a call, and that of
 * `AbortSignal.timeout` outlives the call that it was made for.
 */
export class TimeLimit implements GenericAbortSignal {
  aborted = false;
  #abort: (() => void) | undefined;
  readonly #timer: NodeJS.Timeout;

  /** The time begins at once. */
  constructor(milliseconds: number) {
    this.#timer = setTimeout(() => {
      this.aborted = true;
      this.#abort?.();
    }, milliseconds);
  }

  addEventListener(_type: 'abort', abort: () => void): void {
    this.#abort = abort;
  }

  removeEventListener(): void {
    this.#abort = undefined;
  }

  /** The call came to its end in time. */
  clear(): void {
    clearTimeout(this.#timer);
  }
}

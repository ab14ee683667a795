import type { GenericAbortSignal } from 'axios';

/**
 * Ends a call whose time is over. It bounds the whole of it, which axios' own timeout does not: an answer may trickle
 * in. It is as much of an AbortSignal as axios asks for; a real one costs a seventh of a call, and that of
 * `AbortSignal.timeout` outlives the call that it was made for.
 */
export class TimeLimit implements GenericAbortSignal {
  /** Nothing is over before it has begun. */
  readonly aborted = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly milliseconds: number) {}

  /** The call begins. */
  addEventListener(_type: 'abort', abort: () => void): void {
    this.#timer = setTimeout(() => abort(), this.milliseconds);
  }

  /** The call is over, in time or not. */
  removeEventListener(): void {
    clearTimeout(this.#timer);
  }
}

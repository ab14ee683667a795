/** The gateway's two web services. */
export type Operation = 'get-token' | 'verify-payment';

/**
 * Calls under way at once, and so the connections to the gateway. 64 buyers who come evenly while a call takes 150 ms need
 * 64 calls, and some more for those that take longer.
 */
export const MOST_CALLS = 128;
/** Of these only verify-payment takes the last: buyers who have paid are served before new ones. */
const KEPT_FOR_VERIFY = 32;

/** Whether a call comes to a slot in time. */
export type Turn = 'granted' | 'late';

interface Waiter {
  grant(): void;
}

/** Bounds the calls under way; the rest waits, each for as long as it can. */
export class Slots {
  readonly #waiting: Record<Operation, Set<Waiter>> = { 'get-token': new Set(), 'verify-payment': new Set() };
  #taken = 0;

  /** Takes a slot within so many milliseconds. Who has got one gives it back. */
  take(operation: Operation, milliseconds: number): Turn | Promise<Turn> {
    const waiting = this.#waiting[operation];
    if (this.#isFree(operation) && waiting.size === 0) {
      this.#taken += 1;
      return 'granted';
    }
    return this.#wait(waiting, milliseconds);
  }

  /** Gives a slot back, to a verify-payment if one waits. */
  give(): void {
    this.#taken -= 1;
    for (const operation of ['verify-payment', 'get-token'] as const) {
      const [next] = this.#waiting[operation];
      if (!next || !this.#isFree(operation)) continue;
      this.#taken += 1;
      next.grant();
      return;
    }
  }

  #isFree(operation: Operation): boolean {
    return this.#taken < (operation === 'verify-payment' ? MOST_CALLS : MOST_CALLS - KEPT_FOR_VERIFY);
  }

  #wait(waiting: Set<Waiter>, milliseconds: number): Promise<Turn> {
    return new Promise((resolve) => {
      const end = (turn: Turn): void => {
        waiting.delete(waiter);
        clearTimeout(timer);
        resolve(turn);
      };
      const waiter = { grant: () => end('granted') };
      const timer = setTimeout(() => end('late'), milliseconds);
      waiting.add(waiter);
    });
  }
}

/** The simulator's time: a given clock plus the time it was advanced by. */
export class Clock {
  private offset = 0;

  constructor(private readonly base: () => number) {}

  now(): number {
    return this.base() + this.offset;
  }

  /** Moves time forward by so many milliseconds. */
  advance(ms: number): void {
    this.offset += ms;
  }
}

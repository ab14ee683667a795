/** A clock that every process of a run shares: faster than the real one, so that leases and windows end within the run. */
export interface ClockPlan {
  /** Real and scaled epoch milliseconds at which the run began. */
  startedAt: number;
  /** Scaled milliseconds that pass in a real one. */
  speed: number;
}

export class ScaledClock {
  private offset = 0;

  constructor(private readonly plan: ClockPlan) {}

  readonly now = (): number =>
    Math.floor(this.plan.startedAt + (Date.now() - this.plan.startedAt) * this.plan.speed) + this.offset;

  /** Moves on by so many scaled milliseconds in all. */
  setOffset(offset: number): void {
    this.offset = offset;
  }
}

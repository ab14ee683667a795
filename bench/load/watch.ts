import { quantile } from '../measure/summary';
import type { LoadReport } from './job';

/** Sees responses come in, and sums them up. */
export class Watch {
  readonly #began = performance.now();
  readonly #seen = new Map<object, number>();
  readonly #times: number[] = [];
  readonly #statuses: Record<string, number> = {};
  #last = this.#began;

  /** @param warm - the first responses of each connection that are not timed. */
  constructor(private readonly warm: number) {}

  see(client: object, status: number, ms: number): void {
    const before = this.#seen.get(client) ?? 0;
    this.#seen.set(client, before + 1);
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    this.#last = performance.now();
    if (before >= this.warm) this.#times.push(ms);
  }

  report(failed: number): LoadReport {
    const responses = Object.values(this.#statuses).reduce((sum, count) => sum + count, 0);
    return {
      responses,
      perSecond: (responses / (this.#last - this.#began)) * 1_000,
      p50: quantile(this.#times, 0.5),
      p99: quantile(this.#times, 0.99),
      statuses: this.#statuses,
      failed,
    };
  }
}

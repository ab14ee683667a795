import type { SweepReport } from '../core/sweep-report';
import { traced } from '../tracing';
import type { Context } from './context';
import { reportOtherOrigins } from './other-origins';
import { sweep } from './sweep';

interface Running {
  report: Promise<SweepReport>;
  /** When it last worked on a payment. */
  progress: { at: number };
}

/** Sweeps without a pile-up: one at a time, and a second one beside a sweep that makes no progress. */
const MOST_AT_ONCE = 2;

/** Runs sweeps, on demand and by a timer. */
export class Sweeper {
  readonly #context: Context;
  readonly #running: Running[] = [];
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #isFirst = true;

  constructor(context: Context) {
    this.#context = context;
    this.#schedule();
  }

  /** The sweep that is under way, or a new one. */
  recover(): Promise<SweepReport> {
    const latest = this.#running.at(-1);
    const waits = latest && (!this.#isStalled(latest) || this.#running.length >= MOST_AT_ONCE);
    return waits ? latest.report : this.#start();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #start(): Promise<SweepReport> {
    const { settings, tasks } = this.#context;
    const progress = { at: settings.now() };
    const goesOn = (): boolean => {
      progress.at = settings.now();
      return !this.#closed;
    };
    const running: Running = { progress, report: this.#traced(goesOn) };
    this.#running.push(running);
    const forget = (): void => void this.#running.splice(this.#running.indexOf(running), 1);
    running.report = tasks.track(running.report.finally(forget));
    return running.report;
  }

  #traced(goesOn: () => boolean): Promise<SweepReport> {
    return traced(
      'atipay:sweep',
      () => ({ account: this.#context.settings.account }),
      () => this.#sweep(goesOn),
      (report) => ({ report }),
    );
  }

  /** A sweep does not wait for the look at other origins: its read may hang. */
  #sweep(goesOn: () => boolean): Promise<SweepReport> {
    if (this.#isFirst) void this.#context.tasks.track(reportOtherOrigins(this.#context));
    this.#isFirst = false;
    return sweep(this.#context, goesOn);
  }

  /** Two leases without progress: a connection may hang, and the payments behind it are due again. */
  #isStalled({ progress }: Running): boolean {
    const { settings, policy } = this.#context;
    return settings.now() - progress.at > 2 * policy.leaseMs;
  }

  /** One sweep after another, spaced unevenly so that many processes do not sweep in step. */
  #schedule(): void {
    const { recovery } = this.#context.settings;
    if (recovery === false || this.#closed) return;
    const delay = recovery.everyMs * (0.8 + 0.4 * Math.random());
    this.#timer = setTimeout(() => {
      this.#schedule();
      void this.#sweepAndLog();
    }, delay).unref();
  }

  async #sweepAndLog(): Promise<void> {
    const { reporter } = this.#context;
    const joins = this.#running.length;
    try {
      const report = await this.recover();
      if (joins === 0 && report.due > 0) reporter.log('info', report, 'Swept due payments.');
    } catch (error) {
      reporter.log('error', { err: error }, 'A sweep failed; the next one follows on schedule.');
    }
  }
}

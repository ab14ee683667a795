import type { Child } from '../../__tests__/harness/chaos/world/child';
import type { LoadReport } from '../load/job';
import type { BuyerRequest, DeskPage, Route, ShopPlan } from '../shop/plan';
import { cpuOf, type Stage } from './stage';

/** One measurement: times in milliseconds, `cpu` in milliseconds of the shop's processor time a request. */
export type Measured = LoadReport & { cpu: number };

/** How a measurement is made. */
export interface Load {
  route: Route | DeskPage;
  connections: number;
  amount: number;
}

/** How buyers come who do not wait for one another. */
export interface Pace {
  route: Route;
  /** Milliseconds from one to the next. */
  every: number;
  amount: number;
  /** The first so many are not timed. */
  warm: number;
}

/** A measured shop, seen from the run. */
export class Shop {
  #ended = false;

  constructor(
    readonly plan: ShopPlan,
    readonly child: Child,
    private readonly stage: Stage,
    private readonly borrowsTables: boolean,
  ) {}

  prepare(route: Route | DeskPage, count: number): Promise<BuyerRequest[]> {
    return this.child.ask<BuyerRequest[]>('prepare', { route, count });
  }

  /** Lets buyers come, and sees to it that every one of them was served. */
  async measure(load: Load): Promise<Measured> {
    return this.serve(load, await this.prepareFor(load));
  }

  /** The requests that a load takes. */
  prepareFor({ route, connections, amount }: Load): Promise<BuyerRequest[]> {
    return this.prepare(route, amount + 2 * connections);
  }

  /** The same with requests that were prepared before. */
  serve({ route, connections, amount }: Load, requests: BuyerRequest[]): Promise<Measured> {
    return this.#measured(route, () =>
      this.stage.run({ port: this.child.port, connections, amount, warm: 0, requests }),
    );
  }

  /** Lets buyers come at even distances. */
  async pace({ route, ...pace }: Pace): Promise<Measured> {
    const requests = await this.prepare(route, pace.amount);
    return this.#measured(route, () => this.stage.pace({ port: this.child.port, requests, ...pace }));
  }

  async #measured(route: Route | DeskPage, load: () => Promise<LoadReport>): Promise<Measured> {
    // The preparation is no part of the measurement.
    await this.child.ask('collectYoung');
    const servedBefore = await this.child.ask<number>('served');
    const before = await cpuOf(this.child);
    const report = await load();
    const cpu = ((await cpuOf(this.child)) - before) / report.responses;
    const served = (await this.child.ask<number>('served')) - servedBefore;
    this.check(report, route, served);
    return { ...report, cpu };
  }

  private check(report: LoadReport, route: Route | DeskPage, served: number): void {
    const fine = (report.statuses['200'] ?? 0) + (report.statuses['303'] ?? 0);
    const wanted = route === 'callback' ? report.responses : 0;
    if (report.failed === 0 && fine === report.responses && served === wanted) return;
    const { rival, store } = this.plan;
    throw new Error(
      `${rival} with ${store}: ${served} of ${wanted} served, ${report.failed} failed, ${JSON.stringify(report.statuses)}`,
    );
  }

  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.child.ask(this.borrowsTables ? 'leave' : 'end');
    await this.child.exited;
  }
}

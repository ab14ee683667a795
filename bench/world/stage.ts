import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES } from '../../__tests__/support/databases';
import { Child } from '../../__tests__/harness/chaos/world/child';
import type { Job, LoadReport, PacedJob } from '../load/job';
import type { Options } from '../options';
import type { ShopPlan } from '../shop/plan';
import type { Scripts } from './scripts';
import { Shop } from './shop';

/** The processes around the measured shops: the gateway's double, and who sends the requests. */
export class Stage {
  readonly #shops = new Set<Promise<Shop>>();

  private constructor(
    readonly options: Options,
    readonly gateway: Child,
    private readonly load: Child,
    readonly scripts: Scripts,
  ) {}

  static async open(options: Options, scripts: Scripts): Promise<Stage> {
    return new Stage(
      options,
      await Child.start(scripts.gateway, {}),
      await Child.start(scripts.load, {}),
      scripts,
    );
  }

  /** Whether shops can keep payments there. */
  has = (store: ShopPlan['store']): boolean => store !== 'sqlite' || !this.options.otherNode;

  /** Starts a shop with new tables, or with those of another shop. */
  shop(rival: ShopPlan['rival'], store: ShopPlan['store'], shared?: Shop): Promise<Shop> {
    const starting = this.#start(rival, store, shared);
    this.#shops.add(starting);
    return starting;
  }

  async #start(rival: ShopPlan['rival'], store: ShopPlan['store'], shared?: Shop): Promise<Shop> {
    const table = `bench_${randomBytes(5).toString('hex')}`;
    const plan: ShopPlan = {
      rival,
      store,
      filename: join(tmpdir(), `${table}.db`),
      table,
      databaseUrl: POSTGRES.url,
      gatewayUrl: `http://127.0.0.1:${this.gateway.port}/v1`,
      ...(shared && { filename: shared.plan.filename, table: shared.plan.table }),
    };
    const script = rival.includes(' through ') ? this.scripts.client : this.scripts.shop;
    const child = await Child.start(script, plan, this.#flags(rival), this.options.node);
    return new Shop(plan, child, this, shared !== undefined);
  }

  #flags(rival: string): string[] {
    const { profile } = this.options;
    return profile === undefined || !rival.startsWith('ours')
      ? []
      : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  }

  run(job: Job): Promise<LoadReport> {
    return this.load.ask<LoadReport>('run', job);
  }

  pace(job: PacedJob): Promise<LoadReport> {
    return this.load.ask<LoadReport>('pace', job);
  }

  /** Processor time of the helpers, in milliseconds. */
  async cpu(): Promise<{ gateway: number; load: number }> {
    return { gateway: await cpuOf(this.gateway), load: await cpuOf(this.load) };
  }

  /** Lets everything go, in an order in which nothing waits for a stopped part. */
  async close(): Promise<void> {
    // A failed start is reported to its caller.
    for (const start of await Promise.allSettled(this.#shops)) {
      if (start.status === 'fulfilled') await start.value.end();
    }
    await this.load.kill();
    await this.gateway.kill();
  }
}

/** Processor time that a process has used, in milliseconds. */
export async function cpuOf(child: Child): Promise<number> {
  const { user, system } = await child.ask<NodeJS.CpuUsage>('cpu');
  return (user + system) / 1_000;
}

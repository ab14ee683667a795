import type { SimulatorPayment } from 'express-atipay/simulator';
import { audit, type Verdict } from '../audit/audit';
import { readBooks } from '../audit/books';
import type { Seen } from '../buyers/buyer';
import { sendCrowd } from '../buyers/crowd';
import { shopScript, type ShopPlan } from '../shop/plan';
import type { Bundle } from './bundle';
import { Child } from './child';
import type { ClockPlan } from './clock';
import type { RunDatabase } from './database';
import { gatewayFaults, stormy } from './faults';
import { RoundRobin } from './proxy';
import type { RunOptions, RunReport } from './run';
import { paceFor, type Pace } from './settings';
import { settle } from './settle';
import { Shops } from './shops';

/** Everything that is alive in a run: the gateway's process, the shop's processes, the proxy before them. */
export class World {
  private readonly seen: Seen = { forgeriesBelieved: [], turnedAway: 0, broken: 0, surprises: [] };
  private readonly shops: Shops;
  private stormy = true;

  private constructor(
    private readonly options: RunOptions,
    script: string,
    private readonly database: RunDatabase,
    private readonly gateway: Child,
    private readonly clock: ClockPlan,
    private readonly pace: Pace,
  ) {
    this.shops = new Shops(script, () => this.shopPlan());
  }

  private proxy: RoundRobin | undefined;

  static async open(options: RunOptions, bundle: Bundle, database: RunDatabase): Promise<World> {
    const script = bundle.script('world/simulator-process.ts');
    const shop = bundle.script(shopScript(options.client));
    const pace = paceFor(await timeToStart(script), options.speed);
    const clock = { startedAt: Date.now(), speed: pace.speed };
    const gateway = await Child.start(script, { clock });
    const world = new World(options, shop, database, gateway, clock, pace);
    try {
      await world.start();
    } catch (error) {
      await world.close();
      throw error;
    }
    return world;
  }

  private async start(): Promise<void> {
    const { seed, weather = stormy, processes } = this.options;
    await this.gateway.ask('addFaults', gatewayFaults(weather, seed, this.pace.delayMs));
    this.proxy = await RoundRobin.open(this.shops.ports);
    await this.shops.open(processes);
  }

  /** The storm, the quiet after it, and the audit. */
  async live(): Promise<Omit<RunReport, 'seconds'>> {
    const habits = await this.storm();
    await this.shops.killAll();
    this.stormy = false;
    await this.gateway.ask('clearFaults');
    await this.shops.open(this.options.processes);
    const { knex, plan } = this.database;
    const { shops, gateway, clock, seen } = this;
    const idle = this.options.kind === 'textbook';
    const sweeps = await settle({ knex, plan, gateway, shops, clock, idle });
    return { verdict: await this.judge(), kills: shops.kills, habits, seen, sweeps };
  }

  async close(): Promise<void> {
    this.shops.stopMurder();
    await this.shops.killAll();
    await this.gateway.kill();
    await this.proxy?.close();
  }

  private async storm(): Promise<Record<string, number>> {
    const { payments, seed, habits, onDone, killing = true } = this.options;
    const { speed, concurrency, killEveryMs } = this.pace;
    const murder = killing ? this.shops.murder(seed, killEveryMs) : undefined;
    const met = await sendCrowd(
      { shopUrl: this.shopUrl, speed, seen: this.seen },
      { payments, seed, habits, onDone, concurrency, gatewayOrigin: this.gatewayOrigin },
    );
    this.shops.stopMurder();
    await murder;
    return met;
  }

  private async judge(): Promise<Verdict> {
    const books = await readBooks(this.database.knex, this.database.plan);
    const ledger = await this.gateway.ask<SimulatorPayment[]>('payments');
    return audit({ ledger, ...books, forgeriesBelieved: this.seen.forgeriesBelieved });
  }

  private get gatewayOrigin(): string {
    return `http://127.0.0.1:${this.gateway.port}`;
  }

  private get shopUrl(): string {
    return `http://127.0.0.1:${this.proxy?.port ?? 0}/payment`;
  }

  private shopPlan(): ShopPlan {
    const { seed, kind = 'ours', client, defect } = this.options;
    return {
      kind,
      database: this.database.plan,
      clock: this.clock,
      offset: 0,
      seed,
      pace: this.pace,
      apiKey: 'test-api-key',
      gatewayUrl: `${this.gatewayOrigin}/v1`,
      publicUrl: this.shopUrl,
      sweeping: this.stormy,
      stumbling: true,
      ...(client !== undefined && { client }),
      ...(defect && { defect }),
    };
  }
}

/** How long a process takes to be ready, on this machine as busy as it is now. */
async function timeToStart(script: string): Promise<number> {
  const began = performance.now();
  const child = await Child.start(script, { clock: { startedAt: Date.now(), speed: 1 } });
  const elapsed = performance.now() - began;
  await child.kill();
  return elapsed;
}

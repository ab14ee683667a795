import { setTimeout as sleep } from 'node:timers/promises';
import type { SweepReport } from 'express-atipay';
import type { ShopPlan } from '../shop/plan';
import { Child } from './child';
import { createRandom } from './random';

interface Slot {
  child: Child;
  port: number;
}

const SPARES = 2;

/** The shop's processes, which are killed, and replaced at once by spares that are loaded and waiting. */
export class Shops {
  kills = 0;
  private readonly slots: (Slot | undefined)[] = [];
  private readonly spares: Promise<Child>[] = [];
  private murdering = true;
  private loadMs = 0;

  constructor(
    private readonly script: string,
    private readonly plan: () => ShopPlan,
  ) {}

  /** Where they listen. A dead one's port is not known to be dead before it is tried, or its end is seen. */
  readonly ports = (): number[] => this.alive().map(({ port }) => port);

  async open(count: number): Promise<void> {
    const started = Array.from({ length: count }, () => this.load());
    this.slots.splice(0, count, ...(await Promise.all(started.map(async (child) => opened(await child)))));
  }

  /**
   * Kills one after the other at random moments, and starts each again at once, until stopped. Between two kills passes
   * the time that a process takes to load: with a client that loads slowly a run would be nothing but loading.
   */
  async murder(seed: number, [least, most]: [number, number]): Promise<void> {
    const random = createRandom(seed);
    while (this.isMurdering()) {
      await sleep(least + (most - least) * random() + this.loadMs);
      const index = Math.floor(random() * this.slots.length);
      const slot = this.slots[index];
      const spare = await this.spare();
      if (this.isMurdering() && slot?.child.alive) await this.killAt(index, slot);
      if (this.slots[index]) this.spares.push(Promise.resolve(spare));
      else this.slots[index] = await opened(spare);
    }
  }

  stopMurder(): void {
    this.murdering = false;
  }

  /** Kills all at once, spares too: the last crash of a run. */
  async killAll(): Promise<void> {
    await Promise.all(this.slots.map(async (slot, index) => slot && this.killAt(index, slot)));
    await Promise.all(this.spares.splice(0).map(async (spare) => (await spare).kill()));
  }

  setOffset(offset: number): Promise<unknown> {
    return Promise.all(this.alive().map(({ child }) => child.ask('offset', offset)));
  }

  /** All of them sweep at the same time. */
  recover(): Promise<(SweepReport | null)[]> {
    return Promise.all(this.alive().map(({ child }) => child.ask<SweepReport | null>('recover')));
  }

  /** Their latest lines on standard error. */
  get complaints(): string {
    return this.alive()
      .map(({ child }) => child.complaints)
      .join('\n');
  }

  private alive(): Slot[] {
    return this.slots.filter((slot): slot is Slot => slot?.child.alive === true);
  }

  private isMurdering(): boolean {
    return this.murdering;
  }

  /** A process that only has to open; another one is loaded in its place. */
  private async spare(): Promise<Child> {
    while (this.spares.length < SPARES) this.spares.push(this.load());
    const spare = await this.spares.shift();
    return spare ?? this.load();
  }

  private async load(): Promise<Child> {
    const began = performance.now();
    const child = await Child.start(this.script, this.plan());
    this.loadMs = performance.now() - began;
    return child;
  }

  private async killAt(index: number, { child }: Slot): Promise<void> {
    if (!child.alive) return;
    this.kills += 1;
    await child.kill();
    this.slots[index] = undefined;
  }
}

async function opened(child: Child): Promise<Slot> {
  return { child, port: await child.ask<number>('open') };
}

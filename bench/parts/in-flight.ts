import { setTimeout as sleep } from 'node:timers/promises';
import type { Row, Target } from '../measure/row';
import { compare } from '../measure/row';
import type { BuyerRequest } from '../shop/plan';
import { inTurn } from '../world/rounds';
import type { Shop } from '../world/shop';
import type { Stage } from '../world/stage';

const KILOBYTES = 1_024;
/** Longer than an idle connection to the gateway is kept. */
const SETTLE_MS = 5_000;
const ROUNDS = 2;
/** From one callback to the next. */
const EVERY_MS = 1;

interface Flight {
  /** Kilobytes of live heap for each callback that waits. */
  heap: number;
  /** Event-loop delay while they come, wait and go, 99th percentile in milliseconds. */
  delay: number;
  /** Kilobytes of live heap for each callback when it is over. */
  left: number;
  /** Sockets, timers and the like that are there afterwards and were not before. */
  handles: number;
}

const MEASURES: Record<
  keyof Flight,
  { measure: string; unit: string; shown: Row['shown']; target?: Target }
> = {
  heap: { measure: 'heap each', unit: 'KB', shown: 'ratio', target: { of: 'value', atMost: 30 } },
  delay: { measure: 'loop delay p99', unit: 'ms', shown: 'ratio', target: { of: 'value', atMost: 100 } },
  left: { measure: 'heap left each', unit: 'KB', shown: 'difference' },
  handles: { measure: 'handles left', unit: '', shown: 'difference', target: { of: 'value', atMost: 0 } },
};

/** Callbacks that wait for a gateway which does not answer. */
export async function inFlight(stage: Stage): Promise<Row[]> {
  const { quick } = stage.options;
  const count = quick ? 50 : 5_000;
  const shops = await Promise.all([stage.shop('ours', 'memory'), stage.shop('textbook', 'memory')]);
  // Code is compiled before anything is compared.
  for (const shop of quick ? [] : shops)
    await shop.measure({ route: 'callback', connections: 64, amount: 1_000 });
  const [rounds = []] = await inTurn(Math.min(ROUNDS, stage.options.rounds), [
    () => flyAll(stage, shops, count),
  ]);
  const [mine = [], other = []] = shops.map((_, index) => rounds.flatMap((flights) => flights[index] ?? []));
  for (const shop of shops) await shop.end();
  return rowsOf(`${count} callbacks, memory`, mine, other);
}

function rowsOf(what: string, ours: Flight[], textbook: Flight[]): Row[] {
  return Object.entries(MEASURES).map(([key, { measure, unit, shown, target }]) => {
    const of = (flights: Flight[]): number[] => flights.map((flight) => flight[key as keyof Flight]);
    return compare(
      { part: 'in-flight', what, measure, unit, shown },
      { name: 'ours', values: of(ours) },
      { name: 'textbook', values: of(textbook) },
      target,
    );
  });
}

async function flyAll(stage: Stage, shops: Shop[], count: number): Promise<Flight[]> {
  const requests: BuyerRequest[][] = [];
  for (const shop of shops) requests.push(await shop.prepare('callback', count));
  const settleMs = stage.options.quick ? 0 : SETTLE_MS;
  const before = await rest(shops, settleMs);
  const flights: { heap: number; delay: number }[] = [];
  for (const [index, shop] of shops.entries())
    flights.push(await fly(stage, shop, count, requests[index] ?? []));
  const after = await rest(shops, settleMs);
  return flights.map(({ heap, delay }, index) => {
    const [had, has] = [before[index] ?? NOTHING, after[index] ?? NOTHING];
    const each = (megabytes: number): number => ((megabytes - had.heap) * KILOBYTES) / count;
    return { heap: each(heap), delay, left: each(has.heap), handles: has.handles - had.handles };
  });
}

/**
 * Heap while all of them wait, in megabytes, and the delay of the event loop. They come one by one, and are answered one by
 * one, as by a gateway that takes its time: thousands in one turn of the event loop would measure Node.
 */
async function fly(
  stage: Stage,
  shop: Shop,
  count: number,
  requests: BuyerRequest[],
): Promise<{ heap: number; delay: number }> {
  await stage.gateway.ask('hold');
  await shop.child.ask('watchDelay');
  const landed = stage.pace({ port: shop.child.port, every: EVERY_MS, amount: count, warm: 0, requests });
  while ((await stage.gateway.ask<number>('waiting')) < count) await sleep(20);
  const heap = await shop.child.ask<number>('heap');
  await stage.gateway.ask('release', EVERY_MS);
  const { failed, statuses } = await landed;
  if (failed > 0 || statuses['303'] !== count)
    throw new Error(`${failed} failed, landed: ${JSON.stringify(statuses)}`);
  return { heap, delay: await shop.child.ask<number>('delay') };
}

/** The memory of an idle shop. */
interface Rest {
  heap: number;
  handles: number;
}

const NOTHING: Rest = { heap: NaN, handles: NaN };

/** Lets everybody go, and waits until idle connections have gone too. */
async function rest(shops: Shop[], settleMs: number): Promise<Rest[]> {
  for (const shop of shops) await shop.child.ask('forgetConnections');
  await sleep(settleMs);
  const rests: Rest[] = [];
  for (const { child } of shops) {
    rests.push({ heap: await child.ask<number>('heap'), handles: await child.ask<number>('handles') });
  }
  return rests;
}

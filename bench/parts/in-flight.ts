import { setTimeout as sleep } from 'node:timers/promises';
import type { Row, Target } from '../measure/row';
import { compare } from '../measure/row';
import { inTurn } from '../world/rounds';
import type { Shop } from '../world/shop';
import type { Stage } from '../world/stage';

const KILOBYTES = 1_024;
/** Longer than an idle connection to the gateway is kept. */
const SETTLE_MS = 5_500;

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
  heap: { measure: 'heap each', unit: 'KB', shown: 'ratio', target: { of: 'value', atMost: 40 } },
  delay: { measure: 'loop delay p99', unit: 'ms', shown: 'ratio', target: { of: 'value', atMost: 100 } },
  left: { measure: 'heap left each', unit: 'KB', shown: 'difference' },
  handles: { measure: 'handles left', unit: '', shown: 'difference', target: { of: 'value', atMost: 0 } },
};

/** Callbacks that wait for a gateway which does not answer. */
export async function inFlight(stage: Stage): Promise<Row[]> {
  const count = stage.options.quick ? 500 : 5_000;
  const rounds = Math.min(3, stage.options.rounds);
  const ours = await stage.shop('ours', 'memory');
  const textbook = await stage.shop('textbook', 'memory');
  const stored = await stage.shop('ours', 'pg');
  const shops = [ours, textbook, stored];
  // Pools are open and code is compiled before anything is compared.
  for (const shop of shops) await shop.measure({ route: 'callback', connections: 64, amount: 640 });
  const flights = await inTurn(
    rounds,
    shops.map((shop) => () => fly(stage, shop, count)),
  );
  const [mine = [], other = [], kept = []] = flights;
  for (const shop of shops) await shop.end();
  return [
    ...rowsOf(`${count} callbacks, memory`, mine, other),
    ...rowsOf(`${count} callbacks, pg`, kept, other),
  ];
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

async function fly(stage: Stage, shop: Shop, count: number): Promise<Flight> {
  const requests = await shop.prepare('callback', 3 * count);
  const before = await rest(shop);
  await stage.gateway.ask('hold');
  await shop.child.ask('watchDelay');
  const landed = stage.run({ port: shop.child.port, connections: count, amount: count, warm: 0, requests });
  while ((await stage.gateway.ask<number>('waiting')) < count) await sleep(20);
  const heap = await shop.child.ask<number>('heap');
  await stage.gateway.ask('release');
  const { failed, statuses } = await landed;
  if (failed > 0 || statuses['303'] !== count) throw new Error(`landed: ${JSON.stringify(statuses)}`);
  const delay = await shop.child.ask<number>('delay');
  const after = await rest(shop);
  const each = (megabytes: number): number => ((megabytes - before.heap) * KILOBYTES) / count;
  return { heap: each(heap), delay, left: each(after.heap), handles: after.handles - before.handles };
}

/** What a shop holds when nobody is there. */
async function rest(shop: Shop): Promise<{ heap: number; handles: number }> {
  await shop.child.ask('forgetConnections');
  await sleep(SETTLE_MS);
  return { heap: await shop.child.ask<number>('heap'), handles: await shop.child.ask<number>('handles') };
}

import { availableParallelism } from 'node:os';
import type { Row } from '../measure/row';
import { compare } from '../measure/row';
import { databaseCpu } from '../measure/processor';
import type { Route } from '../shop/plan';
import { inTurn } from '../world/rounds';
import type { Shop } from '../world/shop';
import { cpuOf, type Stage } from '../world/stage';
import { warmUp } from './routes';

const CONNECTIONS = 64;

/** Throughput, and how much of the machine's processors each kind of process used. */
type Split = Record<'perSecond' | 'shops' | 'database' | 'gateway' | 'load', number>;

/** One process of a shop, then two, over one PostgreSQL. */
export async function processes(stage: Stage): Promise<Row[]> {
  const first = await stage.shop('ours', 'pg');
  const second = await stage.shop('ours', 'pg', first);
  const rows: Row[] = [];
  for (const route of ['pay', 'callback'] as const) {
    await warmUp(stage, [first, second], route);
    const amount = stage.options.quick ? 2 * CONNECTIONS : 1_500;
    const [one = [], two = []] = await inTurn(stage.options.fewRounds, [
      () => split(stage, [first], route, amount),
      () => split(stage, [first, second], route, amount),
    ]);
    rows.push(...rowsOf(route, one, two));
  }
  await second.end();
  await first.end();
  return rows;
}

function rowsOf(route: Route, one: Split[], two: Split[]): Row[] {
  const row = (key: keyof Split, measure: string, unit: string): Row =>
    compare(
      { part: 'processes', what: `/${route}, pg, ${CONNECTIONS} at once`, measure, unit },
      { name: '2 processes', values: two.map((it) => it[key]) },
      { name: '1 process', values: one.map((it) => it[key]) },
      key === 'perSecond' ? { of: 'ratio', atLeast: 1.6 } : undefined,
    );
  const share = `% of ${availableParallelism()} processors`;
  return [
    row('perSecond', 'throughput', '/s'),
    row('shops', 'shops use', share),
    row('database', 'database uses', share),
    row('gateway', 'gateway uses', share),
    row('load', 'load uses', share),
  ];
}

async function split(stage: Stage, shops: Shop[], route: Route, amount: number): Promise<Split> {
  const share = { route, connections: CONNECTIONS / shops.length, amount: amount / shops.length };
  const served = [];
  for (const shop of shops) served.push({ shop, requests: await shop.prepareFor(share) });
  const began = performance.now();
  const before = await usage(stage, shops);
  const reports = await Promise.all(served.map(({ shop, requests }) => shop.serve(share, requests)));
  const after = await usage(stage, shops);
  const machine = (performance.now() - began) * availableParallelism();
  const percent = (key: keyof typeof before): number => ((after[key] - before[key]) / machine) * 100;
  return {
    perSecond: reports.reduce((sum, { perSecond }) => sum + perSecond, 0),
    shops: percent('shops'),
    database: percent('database'),
    gateway: percent('gateway'),
    load: percent('load'),
  };
}

async function usage(
  stage: Stage,
  shops: Shop[],
): Promise<Record<'shops' | 'database' | 'gateway' | 'load', number>> {
  let used = 0;
  for (const shop of shops) used += await cpuOf(shop.child);
  return { shops: used, database: databaseCpu(), ...(await stage.cpu()) };
}

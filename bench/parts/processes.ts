import { availableParallelism } from 'node:os';
import type { Row } from '../measure/row';
import { compare } from '../measure/row';
import { databaseCpu } from '../measure/processor';
import { rationed } from '../measure/rationed';
import type { BuyerRequest, Route } from '../shop/plan';
import { inTurn } from '../world/rounds';
import type { Shop } from '../world/shop';
import { cpuOf, type Stage } from '../world/stage';
import { warmUp } from './match';

const CONNECTIONS = 64;

/** Throughput, and how much of the machine's processors each kind of process used. */
type Split = Record<'perSecond' | 'shops' | 'database' | 'gateway' | 'load' | 'all', number>;

/** How much of the time a process runs where each is to have a processor left. */
const SHARE = 0.25;

/**
 * One process of a shop, then two, over one PostgreSQL: as fast as they can, when the machine's processors are the limit;
 * and each for a quarter of the time, when they are not.
 */
export async function processes(stage: Stage): Promise<Row[]> {
  const first = await stage.shop('ours', 'pg');
  const second = await stage.shop('ours', 'pg', first);
  const rows: Row[] = [];
  for (const route of ['pay', 'callback'] as const) {
    await warmUp(stage, [first, second], route);
    const amount = stage.options.quick ? 2 * CONNECTIONS : 1_500;
    const [one = [], two = [], oneRationed = [], twoRationed = []] = await inTurn(stage.options.fewRounds, [
      () => split(stage, [first], route, amount),
      () => split(stage, [first, second], route, amount),
      () => rationedSplit(stage, [first], route, amount),
      () => rationedSplit(stage, [first, second], route, amount),
    ]);
    const what = `/${route}, pg, ${CONNECTIONS} at once`;
    rows.push(...rowsOf(what, one, two));
    rows.push(...rowsOf(`${what}, ${SHARE * 100} % of the time each`, oneRationed, twoRationed, 1.6));
  }
  await second.end();
  await first.end();
  return rows;
}

function rowsOf(what: string, one: Split[], two: Split[], atLeast?: number): Row[] {
  const row = (key: keyof Split, measure: string, unit: string): Row =>
    compare(
      { part: 'processes', what, measure, unit },
      { name: '2 processes', values: two.map((it) => it[key]) },
      { name: '1 process', values: one.map((it) => it[key]) },
      key === 'perSecond' && atLeast !== undefined ? { of: 'ratio', atLeast } : undefined,
    );
  const share = `% of ${availableParallelism()} processors`;
  return [
    row('perSecond', 'throughput', '/s'),
    row('shops', 'shops use', share),
    row('database', 'database uses', share),
    row('gateway', 'gateway uses', share),
    row('load', 'load uses', share),
    row('all', 'all of these use', share),
  ];
}

const rationedSplit = (stage: Stage, shops: Shop[], route: Route, amount: number): Promise<Split> =>
  split(stage, shops, route, rationedAmount(amount, shops.length), (work) =>
    rationed(
      shops.map(({ child }) => child.pid),
      SHARE,
      work,
    ),
  );

/** Half of the requests they could make in the time, and at least one for each connection. */
const rationedAmount = (amount: number, processes: number): number =>
  Math.max(CONNECTIONS, Math.round((amount * SHARE * processes) / 2));

async function split(
  stage: Stage,
  shops: Shop[],
  route: Route,
  amount: number,
  within: <T>(work: () => Promise<T>) => Promise<T> = (work) => work(),
): Promise<Split> {
  const share = { route, connections: CONNECTIONS / shops.length, amount: amount / shops.length };
  const served: { shop: Shop; requests: BuyerRequest[] }[] = [];
  for (const shop of shops) served.push({ shop, requests: await shop.prepareFor(share) });
  const began = performance.now();
  const before = await usage(stage, shops);
  const reports = await within(() =>
    Promise.all(served.map(({ shop, requests }) => shop.serve(share, requests))),
  );
  const after = await usage(stage, shops);
  const machine = (performance.now() - began) * availableParallelism();
  const percent = (key: keyof typeof before): number => ((after[key] - before[key]) / machine) * 100;
  const [ours, database, gateway, load] = [
    percent('shops'),
    percent('database'),
    percent('gateway'),
    percent('load'),
  ];
  return {
    perSecond: reports.reduce((sum, { perSecond }) => sum + perSecond, 0),
    shops: ours,
    database,
    gateway,
    load,
    all: ours + database + gateway + load,
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

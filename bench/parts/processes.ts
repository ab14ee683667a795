import { availableParallelism } from 'node:os';
import type { Row } from '../measure/row';
import { compare } from '../measure/row';
import { databaseCpu } from '../measure/processor';
import { rationed } from '../measure/rationed';
import type { BuyerRequest } from '../shop/plan';
import { inTurn } from '../world/rounds';
import type { Shop } from '../world/shop';
import { cpuOf, type Stage } from '../world/stage';
import { warmUp } from './match';

const CONNECTIONS = 64;

/** Throughput, and how much of the machine's processors each kind of process used. */
type Split = Record<'perSecond' | 'shops' | 'database' | 'all', number>;

/** How much of the time a process runs where each is to have a processor left. */
const SHARE = 0.25;

/** How many processes of a shop are compared, the first with each of the others. */
const COUNTS = [1, 2, 4] as const;
const MOST = Math.max(...COUNTS);

/**
 * Callbacks in one process of a shop, in two and in four, over one PostgreSQL: as fast as they can, when the machine's
 * processors are the limit; and each for a quarter of the time, when they are not.
 */
export async function processes(stage: Stage): Promise<Row[]> {
  const first = await stage.shop('ours', 'pg');
  const others: Shop[] = [];
  while (others.length < MOST - 1) others.push(await stage.shop('ours', 'pg', first));
  const shops = [first, ...others];
  await warmUp(stage, shops, 'callback');
  const amount = stage.options.quick ? 2 * CONNECTIONS : 800;
  const groups = COUNTS.map((count) => shops.slice(0, count));
  const rounds = stage.options.rounds;
  const free = await inTurn(
    rounds,
    groups.map((group) => () => split(stage, group, amount)),
  );
  const slowed = await inTurn(
    rounds,
    groups.map((group) => () => rationedSplit(stage, group, amount)),
  );
  for (const shop of others) await shop.end();
  await first.end();
  const what = `/callback, pg, ${CONNECTIONS} at once`;
  return [...rowsOf(what, free), ...rowsOf(`${what}, ${SHARE * 100} % of the time each`, slowed, 1.6)];
}

/** `atLeast`: how much more two processes are to do than one. */
function rowsOf(what: string, splits: Split[][], atLeast?: number): Row[] {
  const [one = []] = splits;
  const share = `% of ${availableParallelism()} processors`;
  return COUNTS.slice(1).flatMap((count, index) => {
    const many = splits[index + 1] ?? [];
    const row = (key: keyof Split, measure: string, unit: string): Row =>
      compare(
        { part: 'processes', what, measure, unit },
        { name: `${count} processes`, values: many.map((it) => it[key]) },
        { name: '1 process', values: one.map((it) => it[key]) },
        key === 'perSecond' && count === 2 && atLeast !== undefined ? { of: 'ratio', atLeast } : undefined,
      );
    return [
      row('perSecond', 'throughput', '/s'),
      row('shops', 'shops use', share),
      row('database', 'database uses', share),
      row('all', 'all of these use', share),
    ];
  });
}

const rationedSplit = (stage: Stage, shops: Shop[], amount: number): Promise<Split> =>
  split(stage, shops, rationedAmount(amount, shops.length), (work) =>
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
  amount: number,
  within: <T>(work: () => Promise<T>) => Promise<T> = (work) => work(),
): Promise<Split> {
  const share = {
    route: 'callback' as const,
    connections: CONNECTIONS / shops.length,
    amount: amount / shops.length,
  };
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

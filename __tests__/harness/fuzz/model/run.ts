import { Agent } from 'node:http';
import { getAdapter } from 'axios';
import fc from 'fast-check';
import { audit } from './audit';
import { Banks } from './bank';
import { interleavings, type Model } from './commands';
import type { Defect } from './defects';
import type { Ground } from './grounds';
import { World, type Surroundings } from './world';

/** The number of interleavings, their kind and their seed. */
export interface ModelOptions<Tx> {
  ground: () => Ground<Tx> | Promise<Ground<Tx>>;
  runs: number;
  seed: number;
  /** Runs are dealt out to so many lanes: while one waits for a clock of the library's, the others go on. */
  lanes?: number;
  /** Where a failure was found, to see it again: the seed is then that of its lane. */
  path?: string | undefined;
  replayPath?: string | undefined;
  defect?: Defect<Tx>;
  onProgress?: () => void;
}

export interface ModelReport {
  runs: number;
  /** Commands that were run, and payments that were started. */
  commands: number;
  payments: number;
  outcomes: Record<string, number>;
  seconds: number;
  /** The finding, shrunk, with how to see it again; undefined when nothing was. */
  failure: string | undefined;
}

/** Plays random interleavings against the library, each in a separate world, and audits each at its end. */
export async function runModel<Tx>(options: ModelOptions<Tx>): Promise<ModelReport> {
  const banks = await new Banks().open();
  const httpAgent = new Agent({ keepAlive: true });
  const surroundings = {
    banks,
    adapter: (config) => getAdapter('http')({ ...config, httpAgent }),
  } satisfies Surroundings;
  const report: ModelReport = {
    ...{ runs: 0, commands: 0, payments: 0, outcomes: {}, seconds: 0 },
    failure: undefined,
  };
  const began = performance.now();
  const lanes = options.path === undefined ? Math.min(options.lanes ?? 20, options.runs) : 1;
  const share = Math.ceil(options.runs / lanes);
  const found = await Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      runLane(options, surroundings, report, options.seed + lane * LANE, share),
    ),
  );
  httpAgent.destroy();
  await banks.close();
  const seconds = (performance.now() - began) / 1_000;
  return { ...report, seconds, failure: found.find((failure) => failure !== undefined) };
}

/** Seeds of lanes are far apart, so that neighbouring seeds have no lane in common. */
const LANE = 1_000_003;

async function runLane<Tx>(
  options: ModelOptions<Tx>,
  surroundings: Surroundings,
  report: ModelReport,
  seed: number,
  numRuns: number,
): Promise<string | undefined> {
  const { path, replayPath } = options;
  const property = fc.asyncProperty(interleavings<Tx>(replayPath), async (commands) => {
    const world = new World(await options.ground(), surroundings, options.defect);
    try {
      await world.act(0, { do: 'start', order: 0, by: 'code' });
      await fc.asyncModelRun(() => ({ model: { started: 1 }, real: world }), counting(commands, report));
      const broken = await audit(world);
      if (broken.length > 0) throw new Error(broken.join('; '));
      await count(world, report);
    } finally {
      await world.close();
    }
  });
  const details = await fc.check(property, { numRuns, seed, ...(path !== undefined && { path }) });
  if (!details.failed) return undefined;
  const [commands] = details.counterexample ?? [];
  return describe(details.errorInstance, fc.stringify(commands), seed, details.counterexamplePath ?? '');
}

function* counting<Tx>(
  commands: Iterable<fc.AsyncCommand<Model, World<Tx>>>,
  report: ModelReport,
): Generator<fc.AsyncCommand<Model, World<Tx>>> {
  for (const command of commands) {
    report.commands += 1;
    yield command;
  }
}

async function count<Tx>(world: World<Tx>, report: ModelReport): Promise<void> {
  const rows = await world.rows();
  report.runs += 1;
  report.payments += rows.length;
  for (const { status, failureReason } of rows) {
    const name = failureReason === null ? status : `${status}, ${failureReason}`;
    report.outcomes[name] = (report.outcomes[name] ?? 0) + 1;
  }
}

function describe(error: unknown, commands: string, seed: number, path: string): string {
  const replay = /replayPath="([^"]+)"/.exec(commands)?.[1] ?? '';
  const steps = commands.replace(/\/\*.*\*\//, '').split(',');
  return [
    String(error),
    ...steps.map((step) => `  ${step}`),
    `again: npm run fuzz -- --interleavings 1 --seed ${seed} --path "${path}" --replay "${replay}"`,
  ].join('\n');
}

import { parseArgs } from 'node:util';
import { fuzzCallbacks, grows } from './callbacks/campaign';
import { describeCampaign } from './callbacks/report';
import { memoryGround } from './model/grounds';
import { describeModel } from './model/report';
import { runModel } from './model/run';

const HELP = `npm run fuzz -- --runs 1000000 [--seed 7] [--path "<path>"]                                callbacks
npm run fuzz -- --interleavings 20000 [--seed 7] [--path "<path>" --replay "<path>"]   whole lives of payments`;

function numberOf(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`${text} is not a whole number above 0.\n${HELP}`);
}

async function callbacks(runs: number, seed: number, path: string | undefined): Promise<boolean> {
  const onHeap = (done: number, megabytes: number): void =>
    void process.stderr.write(`${done} callbacks, ${megabytes.toFixed(1)} MB\n`);
  const report = await fuzzCallbacks({ runs, seed, path, onHeap });
  console.log(`callbacks, seed ${seed}\n${describeCampaign(report)}`);
  if (report.failure !== undefined) console.log(report.failure);
  if (grows(report.heap)) console.log('The heap grows.');
  return report.failure === undefined && !grows(report.heap);
}

async function interleavings(
  runs: number,
  seed: number,
  path: string | undefined,
  replayPath: string | undefined,
): Promise<boolean> {
  const report = await runModel({ ground: memoryGround, runs, seed, path, replayPath });
  console.log(`interleavings, seed ${seed}\n${describeModel(report)}`);
  if (report.failure !== undefined) console.log(report.failure);
  return report.failure === undefined;
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { runs: text, interleavings: text, seed: text, path: text, replay: text },
  });
  const seed = numberOf(values.seed ?? '7');
  const clean =
    values.interleavings === undefined
      ? await callbacks(numberOf(values.runs ?? '10000'), seed, values.path)
      : await interleavings(numberOf(values.interleavings), seed, values.path, values.replay);
  if (!clean) process.exitCode = 1;
}

/** Whatever escapes from the code under test is a finding. */
for (const name of ['uncaughtException', 'unhandledRejection']) {
  process.on(name, (error: unknown) => {
    console.error(name, error);
    process.exit(3);
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});

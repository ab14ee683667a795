import { parseArgs } from 'node:util';
import { fuzzAnswers } from './answers/property';
import { fuzzCallbacks, grows } from './callbacks/campaign';
import { describeCampaign } from './callbacks/report';
import { memoryGround } from './model/grounds';
import { describeModel } from './model/report';
import { runModel } from './model/run';
import { fuzzOrders } from './orders/property';

const HELP = `npm run fuzz -- --runs 1000000 [--seed 7] [--path "<path>"]                                callbacks
npm run fuzz -- --interleavings 20000 [--seed 7] [--path "<path>" --replay "<path>"]   whole lives of payments
npm run fuzz -- --orders 1000000 [--seed 7] [--path "<path>"]                              orders of a shop
npm run fuzz -- --answers 100000 [--seed 7] [--path "<path>"]                              answers of the gateway`;

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

/** Prints the counts and the findings; true when there is no finding. */
function clean(what: string, counts: object, failure: string | undefined): boolean {
  console.log(what);
  for (const [name, count] of Object.entries(counts)) console.log(`  ${name.padEnd(32)}${count}`);
  if (failure !== undefined) console.log(failure);
  return failure === undefined;
}

function orders(runs: number, seed: number, path: string | undefined): boolean {
  const { count, failure } = fuzzOrders(runs, seed, path);
  return clean(`orders, seed ${seed}`, count, failure);
}

async function answers(runs: number, seed: number, path: string | undefined): Promise<boolean> {
  const { kinds, failure } = await fuzzAnswers(runs, seed, path);
  return clean(`answers of the gateway, seed ${seed}`, kinds, failure);
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      runs: text,
      interleavings: text,
      orders: text,
      answers: text,
      seed: text,
      path: text,
      replay: text,
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    console.log(HELP);
    return;
  }
  const { path, replay } = values;
  const seed = numberOf(values.seed ?? '7');
  let nothingFound: boolean;
  if (values.interleavings !== undefined) {
    nothingFound = await interleavings(numberOf(values.interleavings), seed, path, replay);
  } else if (values.orders !== undefined) {
    nothingFound = orders(numberOf(values.orders), seed, path);
  } else if (values.answers !== undefined) {
    nothingFound = await answers(numberOf(values.answers), seed, path);
  } else {
    nothingFound = await callbacks(numberOf(values.runs ?? '10000'), seed, path);
  }
  if (!nothingFound) process.exitCode = 1;
}

/** Every error that escapes from the code under test is a finding. */
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

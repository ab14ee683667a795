import { parseArgs } from 'node:util';
import { isClean } from './audit/audit';
import { describeRun } from './audit/report';
import { DEFECTS, type DefectName } from './shop/defects';
import { Bundle } from './world/bundle';
import type { StoreName } from './world/database';
import { runChaos, type RunOptions } from './world/run';

const HELP = `npm run chaos -- [--payments 5000] [--seed 7] [--store sqlite|pg|mariadb] [--processes 3]
                 [--client <name>] [--shop ours|textbook] [--defect "<rule>"] [--speed 40]
Clients, after npm run clients: the names in clients/drivers/index.ts. Without one: Knex.
Rules that can be taken away: ${Object.keys(DEFECTS).join('; ')}`;

function readOptions(): RunOptions | undefined {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      payments: text,
      seed: text,
      store: text,
      client: text,
      processes: text,
      shop: text,
      defect: text,
      speed: text,
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return undefined;
  const store = oneOf<StoreName>(values.store ?? 'sqlite', ['sqlite', 'pg', 'mariadb']);
  return {
    store,
    payments: numberOf(values.payments ?? '5000'),
    seed: numberOf(values.seed ?? '1'),
    processes: numberOf(values.processes ?? (store === 'sqlite' ? '1' : '3')),
    kind: oneOf(values.shop ?? 'ours', ['ours', 'textbook'] as const),
    speed: numberOf(values.speed ?? '40'),
    ...(values.client !== undefined && { client: values.client }),
    ...(values.defect !== undefined && {
      defect: oneOf<DefectName>(values.defect, Object.keys(DEFECTS) as DefectName[]),
    }),
  };
}

function numberOf(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`${text} is not a whole number above 0.\n${HELP}`);
}

function oneOf<T extends string>(text: string, known: readonly T[]): T {
  const found = known.find((name) => name === text);
  if (found !== undefined) return found;
  throw new Error(`${text} is none of ${known.join(', ')}.\n${HELP}`);
}

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) {
    console.log(HELP);
    return;
  }
  const onDone = (done: number): void => {
    if (done % 500 === 0) process.stderr.write(`${done} buyers have gone\n`);
  };
  const bundle = new Bundle();
  const report = await runChaos({ ...options, onDone }, bundle).finally(() => bundle.remove());
  process.stdout.write(`${describeRun(options, report)}\n`);
  if (!isClean(report.verdict) || report.verdict.facts.paidOrders === 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 2;
});

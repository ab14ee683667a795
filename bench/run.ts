import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Row } from './measure/row';
import { table } from './measure/table';
import { readOptions, type Options } from './options';
import { PARTS } from './parts';
import { buildScripts, RESULTS } from './world/scripts';
import { Stage } from './world/stage';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), Object.keys(PARTS));
  const began = new Date();
  const stage = await Stage.open(options, buildScripts());
  const rows: Row[] = [];
  try {
    await runParts(stage, options, rows);
  } finally {
    // A part that fails does not lose what the others have measured.
    say(`\nWritten to ${write(options, began, rows)}`);
    await stage.close();
  }
}

async function runParts(stage: Stage, { only }: Options, rows: Row[]): Promise<void> {
  for (const [name, part] of Object.entries(PARTS)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const began = performance.now();
    process.stderr.write(`${name} …\n`);
    const found = await part(stage);
    say(`\n${name} (${((performance.now() - began) / 1_000).toFixed(0)} s)\n\n${table(found)}`);
    rows.push(...found);
  }
}

/** Everything that was measured, and on what. */
function write(options: Options, began: Date, rows: Row[]): string {
  const machine = {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processors: cpus().map(({ model }) => model),
    loadAverage: loadavg(),
  };
  const file = join(RESULTS, `${began.toISOString().replace(/[:.]/g, '-')}.json`);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ began, options, machine, rows }, null, 2)}\n`);
  return file;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Row } from './measure/row';
import { table } from './measure/table';
import { readOptions, type Options } from './options';
import { PARTS, type Part } from './parts';
import { buildScripts, RESULTS, type Scripts } from './world/scripts';
import { Stage } from './world/stage';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), Object.keys(PARTS));
  const began = new Date();
  const scripts = buildScripts();
  const rows: Row[] = [];
  try {
    for (const [name, part] of Object.entries(PARTS)) {
      if (options.only.length > 0 && !options.only.includes(name)) continue;
      rows.push(...(await runPart(name, part, options, scripts)));
    }
  } finally {
    // A part that fails does not lose the results of the others.
    say(`\nWritten to ${write(options, began, rows)}`);
  }
}

/** Each part has a new gateway and a new load, which carry nothing over from the part before. */
async function runPart(name: string, part: Part, options: Options, scripts: Scripts): Promise<Row[]> {
  const began = performance.now();
  process.stderr.write(`${name} …\n`);
  const stage = await Stage.open(options, scripts);
  try {
    const found = await part(stage);
    say(`\n${name} (${((performance.now() - began) / 1_000).toFixed(0)} s)\n\n${table(found)}`);
    return found;
  } finally {
    await stage.close();
  }
}

/** All results, and the machine. */
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

import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { copyRepository, prepare } from './prepare';
import { runTests, type Outcome } from './tests';

const VERSIONS = ['20', '22', '24', '26'];

const HELP = `npm run test:matrix -- [--node 22,24] [--folder <folder to work in, kept>]`;

function readOptions(): { versions: string[]; folder: string } {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { node: text, folder: text, help: { type: 'boolean' } } });
  if (values.help === true) throw new Error(HELP);
  return {
    versions: values.node?.split(',') ?? VERSIONS,
    folder: values.folder ?? join(tmpdir(), 'express-atipay-matrix'),
  };
}

const line = ({ node, driver, passed, failed, leftOut, sqlite }: Outcome): string =>
  `Node ${node}, better-sqlite3 ${driver}: ${passed} tests passed, ${failed} failed, ${leftOut} left out` +
  (sqlite ? '' : '; SUITES WITH SQLITE LEFT OUT: the driver does not load there');

function main(): void {
  const { versions, folder } = readOptions();
  const tree = copyRepository(folder);
  const outcomes = versions.map((version) => {
    process.stderr.write(`\n== Node ${version} ==\n`);
    const outcome = runTests(prepare(version, tree, join(folder, `node-${version}`)));
    process.stderr.write(`${line(outcome)}\n`);
    return outcome;
  });
  process.stdout.write(`\n${outcomes.map(line).join('\n')}\n`);
  if (outcomes.some(({ passed, failed }) => failed > 0 || passed === 0)) process.exitCode = 1;
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

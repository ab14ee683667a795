import { readFileSync } from 'node:fs';
import { kindsOf } from '../../lib/simulator/fault-kinds';
import { readOptions } from '../../lib/simulator/options';

const page = readFileSync('docs/testing.md', 'utf8');

/** The first columns of the table whose heading begins like this. */
function rows(heading: RegExp): string[][] {
  const table = page.split('\n\n').find((part) => heading.test(part)) ?? '';
  const lines = table.split('\n').slice(2);
  return lines.map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('`', '')));
}

it('the example in the guide is the test that runs', () => {
  expect(page).toContain(`\`\`\`ts\n${readFileSync('__tests__/simulator/example.test.ts', 'utf8')}\`\`\``);
});

it('the guide lists every fault', () => {
  const documented = rows(/^\| on +\| kind/).map(([, on, kind]) => `${on ?? ''} ${kind ?? ''}`);
  const calls = kindsOf('redirect-to-gateway').map((kind) => `a call ${kind}`);
  const callback = kindsOf('callback').map((kind) => `callback ${kind}`);
  expect(documented).toEqual([
    ...calls,
    'get-token, verify-payment refuse',
    'verify-payment amount',
    ...callback,
  ]);
});

it('the guide lists every option, of the function and of the command', () => {
  const table = rows(/^\| startSimulator|^\| `startSimulator`/);
  const options = table.map(([, option]) => option);
  const { merchants, ...others } = readOptions({});
  const known = [...Object.keys(others), ...Object.keys(merchants[0])];
  expect(options).toEqual(expect.arrayContaining(known));

  const help = readFileSync('lib/bin/atipay-simulator.ts', 'utf8');
  const flags = [...help.matchAll(/^ {2}(--[a-z-]+)(?:.*(--key))?/gm)].flatMap(([, first, second]) => [
    first,
    second,
  ]);
  const documented = table.flatMap(([, , flag = '']) => flag.split(', ')).filter(Boolean);
  const ofOptions = flags.filter((flag) => flag !== undefined && !['--help', '--version'].includes(flag));
  expect(documented.sort()).toEqual(ofOptions.sort());
});

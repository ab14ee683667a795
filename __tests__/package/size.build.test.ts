import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pack, ROOT, type Packed } from './packed';

/** Kilobytes (1,000 bytes). The measured sizes stay a little under them; raise one only for something worth it. */
const BUDGET = { packed: 530, unpacked: 1_870, loaded: 400 };

let packed: Packed;
let loaded: string[];

beforeAll(() => {
  packed = pack();
  loaded = filesLoadedBy('dist/index.js');
});
afterAll(() => packed.remove());

/** The files that Node reads when a shop requires this one, relative to the repository. */
function filesLoadedBy(file: string): string[] {
  const script = `require(${JSON.stringify(join(ROOT, file))}); console.log(JSON.stringify(Object.keys(require.cache)))`;
  const said = execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
  return (JSON.parse(said) as string[]).map((path) => relative(ROOT, path).split(sep).join('/'));
}

const own = (): string[] => loaded.filter((path) => path.startsWith('dist/'));

const within = (what: string, bytes: number, budget: number): string | undefined =>
  bytes <= budget * 1_000
    ? undefined
    : `${what} takes ${Math.ceil(bytes / 1_000)} kB, over its budget of ${budget} kB (BUDGET in ${relative(ROOT, __filename)}).`;

test('the package keeps to its budget, packed and unpacked', () => {
  expect([
    within('The tarball', packed.size, BUDGET.packed),
    within('The unpacked package', packed.unpackedSize, BUDGET.unpacked),
  ]).toEqual([undefined, undefined]);
});

test('a shop’s loaded files keep to their budget', () => {
  const bytes = own().reduce((sum, path) => sum + statSync(join(ROOT, path)).size, 0);
  expect(own()).toContain('dist/router.js');
  expect(within("require('express-atipay')", bytes, BUDGET.loaded)).toBeUndefined();
});

test('a shop loads neither the simulator nor a store nor the contract suite nor the staff’s tools', () => {
  expect(
    own().filter((path) =>
      /^dist\/(simulator|bin|operator\/(cli|desk|reconcile)|stores\/(clients|contract))/.test(path),
    ),
  ).toEqual([]);
});

test('of other packages a shop loads those that payments need, and theirs; never Knex', () => {
  const packages = loaded
    .map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
    .filter((name) => name !== undefined);
  expect(packages).toEqual(expect.arrayContaining(['express', 'axios', 'body-parser', 'joi']));
  expect(packages).not.toContain('knex');
});

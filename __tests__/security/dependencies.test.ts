import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../docs/markdown';

interface Locked {
  version: string;
  integrity?: string;
  link?: boolean;
  dev?: boolean;
  hasInstallScript?: boolean;
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
const manifest = read('package.json') as { dependencies: object; scripts: Record<string, string> };
const lock = read('package-lock.json') as { packages: Record<string, Locked> };
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

test('a shop’s installs with this package are libraries, each for one field', () => {
  const forPayments = ['axios', 'body-parser', 'joi', 'undici'];
  const forStaff = ['@fastify/busboy', 'commander', 'csv-parse', 'csv-stringify'];
  expect(Object.keys(manifest.dependencies)).toEqual([...forStaff, ...forPayments].sort());
});

test('nothing that a shop installs with this package runs a script when it is installed', () => {
  const runtime = locked.filter(([, { dev }]) => dev !== true);
  expect(runtime.length).toBeGreaterThan(3);
  expect(runtime.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
  expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
});

test('every package is locked by the digest of its contents', () => {
  const loose = locked.filter(
    ([, { integrity, link }]) => link !== true && !/^sha512-/.test(integrity ?? ''),
  );
  expect(loose.map(([path]) => path)).toEqual([]);
});

test('the tests and guides install by the lock', () => {
  expect(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')).toContain('npm ci');
});

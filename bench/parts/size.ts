import { execFileSync } from 'node:child_process';
import type { Row } from '../measure/row';
import { compare } from '../measure/row';
import { closureOf, sizeOf } from '../measure/installed';
import { dependencies } from '../../package.json';
import { ROOT } from '../world/scripts';

const KILOBYTE = 1_024;

interface Pack {
  size: number;
  unpackedSize: number;
}

/** The download and its size on disk, in a shop that has Express and nothing else. */
export function size(): Promise<Row[]> {
  const packed = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [Pack];
  const there = closureOf(['express']);
  const added = [...closureOf(Object.keys(dependencies))].filter((folder) => !there.has(folder));
  const own = packed[0].unpackedSize;
  const others = added.reduce((sum, folder) => sum + sizeOf(folder), 0);
  const row = (what: string, measure: string, bytes: number): Row =>
    compare({ part: 'size', what, measure, unit: 'KB' }, { name: '', values: [bytes / KILOBYTE] }, undefined);
  return Promise.resolve([
    row('the package', 'tarball', packed[0].size),
    row('the package', 'installed', own),
    row(`its ${added.length} packages that Express lacks`, 'installed', others),
    row('everything that it adds', 'installed', own + others),
  ]);
}

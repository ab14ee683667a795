import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** A tarball as it would be published. */
export interface Packed {
  /** Where the tarball is. */
  file: string;
  /** Paths in it, relative to the package. */
  paths: string[];
  /** Bytes of the tarball. */
  size: number;
  /** Bytes of its files. */
  unpackedSize: number;
  remove(): void;
}

/** Packs the output of `npm run build`; it does not build, since other tests use `dist` at the same time. */
export function pack(): Packed {
  if (!existsSync(join(ROOT, 'dist/index.js')))
    throw new Error('There is no dist: npm run build comes first.');
  const folder = mkdtempSync(join(tmpdir(), 'atipay-packed-'));
  const said = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename, files, size, unpackedSize }] = JSON.parse(said) as [
    { filename: string; files: { path: string }[]; size: number; unpackedSize: number },
  ];
  return {
    file: join(folder, filename),
    paths: files.map(({ path }) => path),
    size,
    unpackedSize,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, string | Record<string, string>>;
  bin: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
};

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../world/scripts';

interface Locked {
  dependencies?: Record<string, string>;
}

const lock = (): Record<string, Locked> =>
  (JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> })
    .packages;

/** The folders of these packages and of all they depend on, as the lock file has them. */
export function closureOf(names: readonly string[]): Set<string> {
  const packages = lock();
  const found = new Set<string>();
  const add = (name: string, from: string): void => {
    const folder = resolve(packages, name, from);
    if (folder === undefined || found.has(folder)) return;
    found.add(folder);
    for (const dependency of Object.keys(packages[folder]?.dependencies ?? {})) add(dependency, folder);
  };
  for (const name of names) add(name, '');
  return found;
}

/** As Node looks for it: in the package's folder, then outwards. */
function resolve(packages: Record<string, Locked>, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (candidate in packages) return candidate;
    if (folder === '') return undefined;
  }
}

/** Bytes of a package's files. */
export function sizeOf(folder: string): number {
  const files = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return files
    .filter(
      (file) => file.isFile() && !file.parentPath.slice(join(ROOT, folder).length).includes('node_modules'),
    )
    .reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
}
